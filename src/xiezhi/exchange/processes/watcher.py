"""The watcher: look at what is wrong every few seconds, and keep the alarms."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings

from xiezhi.exchange.actions.keep_alarms import keep_alarms
from xiezhi.exchange.actions.note_sight import Sight, note_sight
from xiezhi.exchange.watch.findings import findings
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting

ACTOR: Final = Actor.system("exchange.watch")

log = structlog.get_logger(__name__)


class Watcher:
    """One look at every peer is a tick; it changes no message."""

    def __init__(
        self,
        look: Callable[[str], Sight],
        peers: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        """Keep what the ticks need; the clock is read here and nowhere deeper."""
        self._look, self.peers, self._clock = look, peers, clock

    def tick(self) -> None:
        """Note what is seen of each peer, and raise and clear its alarms."""
        for peer in self.peers:
            at, sight = self._clock(), self._look(peer)
            with acting(ACTOR):
                note_sight(peer=peer, sight=sight, at=at, actor=ACTOR)
            with acting(ACTOR):
                keep_alarms(peer=peer, found=findings(peer, at), at=at, actor=ACTOR)


def spool_sight(peer: str) -> Sight:
    """Look at the disk of the spool and at our out tray towards ``peer``."""
    spool = Path(settings.XIEZHI_HOME) / "spool"
    try:
        disk = shutil.disk_usage(spool)
        sizes = _sizes(spool / settings.XIEZHI_SITE / "out" / peer)
    except OSError as fault:
        return Sight(way_fault=fault.strerror or type(fault).__name__)
    return Sight(
        disk_free=disk.free,
        disk_size=disk.total,
        backlog_files=len(sizes),
        backlog_bytes=sum(sizes),
    )


def _sizes(tray: Path) -> list[int]:
    """Measure what lies in a tray. What the ferry takes meanwhile is no longer there."""
    sizes = []
    with os.scandir(tray) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                sizes.append(entry.stat(follow_symlinks=False).st_size)
            except FileNotFoundError:
                continue
    return sizes
