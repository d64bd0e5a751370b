"""Return to a restored peer what it forgot: first our messages again, then its own."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from xiezhi.contracts.exchange import (
    MessageReturned,
    ReturnEnded,
    conversation_of_return,
)
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.actions.reopen_message import reopen_messages
from xiezhi.exchange.envelope.check import reopen
from xiezhi.exchange.envelope.container import decode
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.limits import BATCH
from xiezhi.exchange.models import InboxMessage, OutboxMessage, RecallTask
from xiezhi.exchange.states import OutboxState
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor

# What came about the time of the restore is sent again whatever its number: clocks differ.
MARGIN: Final = timedelta(hours=1)
_SPAN: Final = 2

log = structlog.get_logger(__name__)


@transaction.atomic
def recall(*, peer: str, trust: SiteTrust, at: datetime, actor: Actor, limit: int = BATCH) -> int:
    """Go on with what is owed to a restored peer; return how many messages that moved.

    Idempotence and locks: the task's row is locked and holds the cursor; a death repeats nothing.
    What the peer had of ours and what it remembers of its own is not sent again.
    """
    task = (
        RecallTask.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(peer=peer, done_at=None)
        .order_by("epoch")
        .first()
    )
    if task is None:
        return 0
    if task.phase == RecallTask.Phase.RESEND:
        done = _resend(task, limit, at=at, actor=actor)
        if done < limit:
            task.phase, task.cursor = RecallTask.Phase.RETURN, None
        task.resent += done
    else:
        done = _return(task, limit, trust=trust, actor=actor)
        if done < limit:
            _end(task, at=at, actor=actor)
    task.save()
    return max(done, 1)


def _resend(task: RecallTask, limit: int, *, at: datetime, actor: Actor) -> int:
    rows = list(_lost_by(task).order_by("id")[:limit])
    if rows:
        task.cursor = rows[-1].id
        reopen_messages(rows, at=at, actor=actor)
    return len(rows)


def _lost_by(task: RecallTask) -> QuerySet[OutboxMessage]:
    """List settled messages of ours that the peer may have forgotten: by number, and by time."""
    had = Q(pk__in=())
    for first, last in (each for each in task.knows if len(each) == _SPAN):
        had |= Q(sequence__range=(first, last))
    lost = Q(epoch__gt=task.knows_epoch) | (Q(epoch=task.knows_epoch) & ~had)
    lost |= Q(acknowledged_at__gte=task.restored_at - MARGIN)
    rows = OutboxMessage.objects.filter(lost, dst=task.peer, state=OutboxState.ACKNOWLEDGED)
    rows = rows.filter(due_at=None, acknowledged_at__lt=task.begun_at)
    return rows.filter(pk__gt=task.cursor) if task.cursor else rows


def _return(task: RecallTask, limit: int, *, trust: SiteTrust, actor: Actor) -> int:
    forgotten = Q(epoch__gt=task.forgot_epoch) | Q(
        epoch=task.forgot_epoch, sequence__gte=task.forgot_sequence
    )
    forgotten |= Q(received_at__gte=task.restored_at - MARGIN)
    rows = InboxMessage.objects.filter(forgotten, src=task.peer, epoch__lt=task.epoch)
    if task.cursor:
        rows = rows.filter(pk__gt=task.cursor)
    found = list(rows.order_by("id")[:limit])
    for row in found:
        task.cursor = row.id
        task.returned += return_message(row, task.epoch, trust=trust, actor=actor)
    return len(found)


def return_message(row: InboxMessage, epoch: int, *, trust: SiteTrust, actor: Actor) -> bool:
    """Post one message back to its author with the author's own signature; tell whether it could.

    What concerns the exchange itself is returned too: it holds positions.
    """
    container = decode(bytes(row.envelope))
    try:
        checked = reopen(bytes(row.envelope), trust=trust)
    except EnvelopeRejected:
        log.exception("a message cannot be returned", message=str(row.id))
        return False
    returned = MessageReturned(
        header=b64encode(container.header),
        signature=b64encode(container.signature),
        plaintext=b64encode(checked.salt + checked.body),
        outcome=row.state,
        reason=row.reason,
        received_at=row.received_at,
    )
    post(
        to=row.src,
        message=returned,
        conversation=conversation_of_return(epoch),
        act_at=row.received_at,
        actor=actor,
    )
    return True


def _end(task: RecallTask, *, at: datetime, actor: Actor) -> None:
    post(
        to=task.peer,
        message=ReturnEnded(epoch=task.epoch, count=task.returned),
        conversation=conversation_of_return(task.epoch),
        act_at=at,
        actor=actor,
    )
    task.phase, task.done_at = RecallTask.Phase.DONE, at
