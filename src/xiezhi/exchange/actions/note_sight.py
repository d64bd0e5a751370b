"""Note what the exchange process sees of the way to a peer, and that it is alive."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from xiezhi.exchange.models import PeerSight
from xiezhi.foundation.actors import Actor


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to see; nothing where it cannot be known. Units: bytes, seconds."""

    disk_free: int | None = None
    disk_size: int | None = None
    backlog_files: int | None = None
    backlog_bytes: int | None = None
    way_fault: str = ""
    ferry_at: datetime | None = None
    ferry_trouble: str = ""
    clock_skew: float | None = None


@transaction.atomic
def note_sight(*, peer: str, sight: Sight, at: datetime, actor: Actor) -> None:
    """Replace what was seen last of one peer."""
    del actor
    PeerSight.objects.update_or_create(peer=peer, defaults=asdict(sight) | {"seen_at": at})
