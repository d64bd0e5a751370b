"""Back-pressure: while what we handed over is not taken, we hand no more over.

Rows stay as they are, in the database, where they are safe and counted; a spool that fills a disk
over a holiday would take the site down with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from xiezhi.exchange.transports import Backlog, FerryWord, Load, Transport
from xiezhi.exchange.transports.chosen import transport

FILES: Final = 1000
BYTES: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Pressure:
    """What lies on the way to a peer, and what is therefore kept back.

    ``trouble`` says why the way cannot be looked at; then the backlog is empty because unknown.
    """

    peer: str
    backlog: Backlog
    messages_stopped: bool
    bulk_stopped: bool
    ferry: FerryWord | None = None
    trouble: str = ""


def pressure_towards(way: Transport, peer: str) -> Pressure:
    """Measure one way now. Refuses: ``OSError`` when it cannot be looked at."""
    backlog = way.backlog(peer)
    return Pressure(
        peer=peer,
        backlog=backlog,
        messages_stopped=_full(backlog.parcels),
        bulk_stopped=_full(backlog.bulk),
        ferry=way.ferry_word(peer),
    )


def pressure(peer: str) -> Pressure:
    """Measure the way to a peer for people to see; what cannot be looked at is said, not raised."""
    try:
        return pressure_towards(transport(), peer)
    except OSError as error:
        return Pressure(peer, Backlog(), False, False, trouble=str(error))  # noqa: FBT003 - read above


def _full(load: Load) -> bool:
    files: int = getattr(settings, "XIEZHI_EXCHANGE_BACKLOG_FILES", FILES)
    size: int = getattr(settings, "XIEZHI_EXCHANGE_BACKLOG_BYTES", BYTES)
    return load.files >= files or load.bytes >= size
