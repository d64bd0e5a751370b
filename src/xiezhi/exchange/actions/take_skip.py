"""Take the peer's word that an operator there closed a gap."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from xiezhi.contracts.exchange import PositionSkipped
from xiezhi.exchange.actions._arrivals import lock_conversation
from xiezhi.exchange.actions._move import move_in, move_out
from xiezhi.exchange.errors import AlreadySettled
from xiezhi.exchange.handlers import Received
from xiezhi.exchange.models import Direction, InboxMessage, OutboxMessage, Skip
from xiezhi.exchange.states import SETTLED_OUTCOMES, SKIPPED, InboxState
from xiezhi.foundation.actors import Actor

log = structlog.get_logger(__name__)


@transaction.atomic
def take_skip(
    *, message: PositionSkipped, received: Received, at: datetime, actor: Actor
) -> list[UUID]:
    """Pass over what the peer passed over, and keep its reason.

    Its own message (``mine``): our conversation goes past the place, now or when it is reached.
    One of ours (``yours``): it is settled as refused. Returns the held messages that may go on.
    Refuses: ``AlreadySettled`` when we have applied that message: then nothing was skipped, and
    the peer learns it by this refusal. Idempotent.
    """
    inward = message.whose == "mine"
    row = Skip(
        peer=received.src,
        direction=Direction.IN if inward else Direction.OUT,
        conversation=message.conversation,
        position=message.position,
        message_id=message.message_id,
        notice_id=received.message_id,
        reason=message.reason,
        decided_at=message.decided_at,
        decided_here=False,
    )
    place = {name: getattr(row, name) for name in ("peer", "direction", "conversation", "position")}
    if Skip.objects.filter(**place).exists():
        return []
    freed = _pass_over(row, at, actor) if inward else _settle_own(row, at, actor)
    row.save(force_insert=True)
    log.warning("position passed over by the peer", peer=row.peer, position=row.position)
    return freed


def _pass_over(row: Skip, at: datetime, actor: Actor) -> list[UUID]:
    conversation = lock_conversation(row.peer, row.conversation)
    if row.position < conversation.next_position:
        raise AlreadySettled
    held = InboxMessage.objects.select_for_update(no_key=True).filter(
        src=row.peer, conversation=row.conversation, state=InboxState.HELD
    )
    for each in held.filter(position=row.position).defer("envelope"):
        settled = {"settled_at": at, "waiting_for": None, "retry_at": None}
        move_in(each, "refuse", actor=actor, reason=SKIPPED, receipt_due=True, **settled)
    conversation.pass_over(row.position)
    following = held.filter(position=conversation.next_position)
    return list(following.values_list("pk", flat=True))


def _settle_own(row: Skip, at: datetime, actor: Actor) -> list[UUID]:
    message = (
        OutboxMessage.objects.select_for_update(no_key=True)
        .filter(dst=row.peer, conversation=row.conversation, position=row.position)
        .exclude(outcome__in=SETTLED_OUTCOMES)
        .defer("body", "envelope")
        .first()
    )
    if message is not None:
        settle_skipped(message, at=at, actor=actor)
    return []


def settle_skipped(message: OutboxMessage, *, at: datetime, actor: Actor) -> None:
    """Settle a message of ours that will never be applied; its body is kept."""
    facts = {"outcome": "refused", "reason": SKIPPED, "acknowledged_at": at, "due_at": None}
    move_out(message, "acknowledge", actor=actor, **facts)
