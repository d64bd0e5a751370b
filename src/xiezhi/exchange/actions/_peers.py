"""The rows of peers, made when they are first needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from xiezhi.exchange.models import Peer


def peer_of(site: str) -> Peer:
    """Return the peer's row, made if it is new."""
    return Peer.objects.get_or_create(site=site)[0]


def sealing_alone(site: str) -> Peer:
    """Keep other relays from numbering for this peer until the transaction ends.

    An advisory lock, not the row's: the receiver raises its marks on the same row meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"exchange.seal:{site}"]
        )
    return peer_of(site)


# A new epoch begins its numbers anew; one that has ended changes nothing that is counted.
_HEARD: Final = """
UPDATE exchange_peer SET
    received = CASE WHEN epoch_in = %(epoch)s THEN received ELSE '{}' END
        + int8multirange(int8range(%(sequence)s, %(sequence)s + 1)),
    highest_in = CASE WHEN epoch_in = %(epoch)s THEN greatest(highest_in, %(sequence)s)
        ELSE %(sequence)s END,
    epoch_in = %(epoch)s,
    heard_at = %(at)s
WHERE site = %(site)s AND epoch_in <= %(epoch)s
RETURNING watermark_in
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """A number of a peer: whether its epoch has ended, and the watermark it comes after."""

    of_past_epoch: bool
    watermark: datetime | None = None


def heard_of(site: str, *, epoch: int, sequence: int, at: datetime) -> Heard:
    """Note that a number of the peer has come. Marks never fall within an epoch."""
    values: dict[str, str | int | datetime] = {"site": site, "at": at}
    values |= {"epoch": epoch, "sequence": sequence}
    with connection.cursor() as cursor:
        cursor.execute(_HEARD, values)
        if (marked := cursor.fetchone()) is not None:
            return Heard(of_past_epoch=False, watermark=marked[0])
    peer = peer_of(site)
    if epoch < peer.epoch_in:
        return Heard(of_past_epoch=True)
    return heard_of(site, epoch=epoch, sequence=sequence, at=at)


def begin_epoch(peer: Peer, epoch: int) -> None:
    """Count a peer's numbers anew: it has been restored. The caller holds the row lock."""
    peer.epoch_in, peer.highest_in, peer.received = epoch, 0, ()
    peer.pledge_in, peer.pledge_through = None, 0
