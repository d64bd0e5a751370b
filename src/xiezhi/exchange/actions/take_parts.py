"""Take the peer's word on how far attachments of ours have come."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from xiezhi.exchange.actions._move import mark_attachment
from xiezhi.exchange.actions.repeat_parts import send_again
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.header import PartsEntry, PartsHeader, PartsState
from xiezhi.exchange.limits import seal_anew_after
from xiezhi.exchange.models import OutboxAttachment
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import AttachmentState
from xiezhi.foundation.actors import Actor

OUTCOMES = {
    PartsState.STORED: AttachmentState.STORED,
    PartsState.REJECTED: AttachmentState.REJECTED,
}

log = structlog.get_logger(__name__)


@transaction.atomic
def take_parts(*, header: PartsHeader, data: bytes, at: datetime, actor: Actor) -> None:
    """Note which parts the peer has and what became of the whole.

    A word older than the last one taken changes nothing, and an outcome is never taken back by a
    later word on parts. Idempotent; rows are locked in the order of their ids.
    """
    named = [each.attachment for each in header.entries]
    found = (
        OutboxAttachment.objects.select_for_update(no_key=True)
        .filter(dst=header.src, blob_id__in=named)
        .order_by("pk")
    )
    rows = {row.blob_id: row for row in found}
    for entry in header.entries:
        row = rows.get(entry.attachment)
        if row is None:
            log.error("word on an attachment we never sent", peer=header.src, size=len(data))
        elif row.told_at is None or header.created_at >= row.told_at:
            _take(row, entry, said_at=header.created_at, at=at, actor=actor)
    point(At.RECEIPT_BEFORE_COMMIT)


def _take(
    row: OutboxAttachment, entry: PartsEntry, *, said_at: datetime, at: datetime, actor: Actor
) -> None:
    outcome = OUTCOMES.get(entry.state)
    if outcome is not None:
        mark_attachment(
            row,
            outcome,
            actor=actor,
            told_at=said_at,
            due_at=None,
            reason=entry.reason,
            here=[],
            sent=[],
        )
    elif row.state in OUTCOMES.values():
        return
    elif entry.state is PartsState.MISSING:
        _missing(row, sorted(entry.numbers()), said_at=said_at, at=at, actor=actor)
    else:
        here = sorted(entry.numbers())
        state = AttachmentState(row.state)
        mark_attachment(row, state, actor=actor, told_at=said_at, here=here)


def _missing(
    row: OutboxAttachment, here: list[int], *, said_at: datetime, at: datetime, actor: Actor
) -> None:
    """Send again what could not be opened: at once at first, then ever more slowly."""
    wait = seal_anew_after(row.attempts)
    if wait:
        mark_attachment(
            row,
            AttachmentState.SENT,
            actor=actor,
            told_at=said_at,
            here=here,
            sent=[],
            due_at=at + wait,
        )
    else:
        send_again(row, here=here, actor=actor, told_at=said_at)
        wake_relay()
