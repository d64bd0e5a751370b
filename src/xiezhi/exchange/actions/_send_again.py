"""Send messages again that the peer settled once and has no more."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from xiezhi.exchange.actions._move import move_out_all
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import OutboxState
from xiezhi.foundation.actors import Actor


def send_again(peer: str, message_ids: Sequence[UUID], *, actor: Actor) -> int:
    """Put settled messages back before sending, as they were sealed; return how many.

    Their outcome is open again until the peer has receipted them anew. What is still under way
    is left alone. The caller holds the transaction; rows are locked in the order of their ids.
    """
    settled = (
        OutboxMessage.objects.select_for_update(no_key=True)
        .filter(dst=peer, pk__in=message_ids, state=OutboxState.ACKNOWLEDGED)
        .filter(outcome__in=(Outcome.APPLIED, Outcome.REFUSED), envelope__isnull=False)
        .order_by("pk")
        .defer("envelope", "body")
    )
    rows = list(settled)
    if rows:
        move_out_all(
            rows,
            "repeat",
            actor=actor,
            outcome="",
            reason="",
            receipt_id=None,
            peer_received_at=None,
            acknowledged_at=None,
            due_at=None,
        )
        wake_relay()
    return len(rows)
