"""The rows of peers, made when they are first needed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from xiezhi.exchange.models import Peer


def peer_for_update(site: str) -> Peer:
    """Return the peer's row, locked until the transaction ends."""
    Peer.objects.get_or_create(site=site)
    return Peer.objects.select_for_update(no_key=True).get(site=site)


def heard_of(site: str, *, epoch: int, sequence: int, at: datetime) -> None:
    """Raise the high-water marks of what was received; they never fall within an epoch."""
    known = Peer.objects.filter(site=site)
    if not known.filter(epoch_in__gte=epoch).update(
        highest_in=Greatest(F("highest_in"), sequence), heard_at=at
    ):
        Peer.objects.get_or_create(site=site)
        known.update(epoch_in=epoch, highest_in=sequence, heard_at=at)
