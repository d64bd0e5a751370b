"""What silence proves: nothing, until the peer's watermark has passed the deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from xiezhi.exchange.models import InboxMessage, Peer
from xiezhi.exchange.states import InboxState


@dataclass(frozen=True, slots=True)
class Silence:
    """Whether nothing that was done by a deadline can still arrive from a peer.

    Unless ``proven``, whoever waits shows 传输延迟 and decides nothing. ``watermark`` is how far
    the peer's acts are known to be complete; nothing when it has never said so.
    """

    proven: bool
    watermark: datetime | None


def silence(peer: str, deadline: datetime) -> Silence:
    """Tell whether silence up to ``deadline`` is proven.

    Basis: 人民法院在线运行规则第三十四条. Transit counts against nobody: the peer must have signed
    that all its acts before a later instant have been sent, all of them must be here, and none
    of them may be held.
    """
    watermark = watermark_of(peer)
    return Silence(watermark is not None and watermark > deadline, watermark)


def watermark_of(peer: str) -> datetime | None:
    """Give the instant before which every act of ``peer`` has arrived and been dealt with."""
    record = Peer.objects.filter(site=peer).first()
    if record is None:
        return None
    reached = record.watermark_in
    if record.pledge_in is not None and complete_up_to(record, record.pledge_through):
        reached = max(record.pledge_in, reached or record.pledge_in)
    if reached is None:
        return None
    held = (
        InboxMessage.objects.filter(src=peer, state=InboxState.HELD)
        .order_by("act_at")
        .values_list("act_at", flat=True)
        .first()
    )
    return min(reached, held) if held is not None else reached


def complete_up_to(record: Peer, number: int) -> bool:
    """Tell whether all numbers of the peer's epoch up to ``number`` have come."""
    if number == 0:
        return True
    spans = tuple(record.received)
    return bool(spans) and spans[0][0] == 1 and spans[0][1] >= number


def lag_of(peer: str, at: datetime) -> timedelta | None:
    """Give how far behind ``at`` the peer's watermark is; nothing when it has never spoken."""
    watermark = watermark_of(peer)
    return at - watermark if watermark is not None else None
