"""The rows of peers, made when they are first needed."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

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


def heard_of(site: str, *, epoch: int, sequence: int, at: datetime) -> None:
    """Raise the high-water marks of what was received; they never fall within an epoch."""
    known = Peer.objects.filter(site=site)
    if not known.filter(epoch_in__gte=epoch).update(
        highest_in=Greatest(F("highest_in"), sequence), heard_at=at
    ):
        Peer.objects.get_or_create(site=site)
        known.update(epoch_in=epoch, highest_in=sequence, heard_at=at)
