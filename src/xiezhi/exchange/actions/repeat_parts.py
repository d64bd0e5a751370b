"""Send again the parts that a peer has not said it has."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.exchange.actions._move import mark_attachment
from xiezhi.exchange.envelope.split import count_of
from xiezhi.exchange.limits import BATCH
from xiezhi.exchange.models import OutboxAttachment
from xiezhi.exchange.states import AttachmentState
from xiezhi.foundation.actors import Actor


@transaction.atomic
def repeat_parts(*, peer: str, at: datetime, actor: Actor, limit: int = BATCH) -> int:
    """Put attachments whose time has come back before sending; return how many.

    What the peer has is not sent again. Where it has everything and has not told the outcome,
    its last part goes once more: a part of what is settled is answered with the outcome.
    """
    due = (
        OutboxAttachment.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(dst=peer, due_at__lte=at)
        .order_by("due_at")[:limit]
    )
    rows = list(due)
    for row in rows:
        send_again(row, here=row.here, actor=actor)
    return len(rows)


def send_again(row: OutboxAttachment, *, here: list[int], actor: Actor, **changes: object) -> None:
    """Have all parts but those ``here`` sent, and at least the last. The caller holds the lock."""
    last = count_of(row.size) - 1
    spared = here if len(here) <= last else [each for each in here if each != last]
    mark_attachment(
        row,
        AttachmentState.PENDING,
        actor=actor,
        here=spared,
        sent=[],
        due_at=None,
        reason="",
        **changes,
    )
