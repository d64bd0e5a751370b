"""Send sealed messages and owed statements: put them into the transport and note that."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from xiezhi.exchange.actions._move import move_out_all
from xiezhi.exchange.actions._statements import owed
from xiezhi.exchange.claims import within_budget
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.container import join
from xiezhi.exchange.limits import BATCH, resend_after
from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.states import OutboxState
from xiezhi.exchange.transports import Transport
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor

# A batch of envelopes of this size, and a receipt, still fit one parcel.
_LARGE: Final = 64 * 1024


@transaction.atomic
def send(
    *,
    peer: str,
    transport: Transport,
    trust: SiteTrust,
    at: datetime,
    actor: Actor,
    limit: int = BATCH,
) -> int:
    """Put one parcel of messages and statements into the transport; return how many.

    The parcel is durable before the rows say so: a crash in between sends it twice, and the peer
    knows a message by its id. Refuses: ``OSError`` when the transport cannot take it; then
    nothing is noted and all is tried again.
    """
    sealed = OutboxMessage.objects.filter(dst=peer, state=OutboxState.SEALED).order_by("id")
    rows = within_budget(sealed, "envelope", limit)
    # Marked first: what a statement says of this peer's messages counts those of this parcel.
    for attempts, group in _by_attempts(rows).items():
        due = at + resend_after(attempts)
        move_out_all(group, "send", actor=actor, sent_at=at, due_at=due, attempts=attempts)
    statements = owed(peer, trust, at, limit)
    envelopes = [bytes(row.envelope or b"") for row in rows] + statements
    if not envelopes:
        return 0
    point(At.SEND_BEFORE_SPOOL)
    transport.put(peer, _parcels(envelopes))
    point(At.SEND_AFTER_SPOOL)
    return len(envelopes)


def _by_attempts(rows: list[OutboxMessage]) -> dict[int, list[OutboxMessage]]:
    groups: dict[int, list[OutboxMessage]] = {}
    for row in rows:
        groups.setdefault(row.attempts + 1, []).append(row)
    return groups


def _parcels(envelopes: list[bytes]) -> list[bytes]:
    """Give a large envelope a parcel of its own, so that no parcel outgrows the limit."""
    large = [each for each in envelopes if len(each) > _LARGE]
    small = [each for each in envelopes if len(each) <= _LARGE]
    return ([join(small)] if small else []) + large
