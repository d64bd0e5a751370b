"""The watcher: look at what is wrong every few seconds, and keep the alarms."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import structlog
from django.conf import settings

from xiezhi.exchange.actions.keep_alarms import keep_alarms
from xiezhi.exchange.actions.note_sight import Sight, note_sight
from xiezhi.exchange.pressure import pressure_towards
from xiezhi.exchange.transports import FerryWord, Transport
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


def sight_over(transport: Transport) -> Callable[[str], Sight]:
    """Look at the disk, at what lies on the way to a peer, and at the ferry's word."""

    def look(peer: str) -> Sight:
        try:
            disk = shutil.disk_usage(settings.XIEZHI_HOME)
            way = pressure_towards(transport, peer)
        except OSError as fault:
            return Sight(way_fault=fault.strerror or type(fault).__name__)
        word = way.ferry
        return Sight(
            disk_free=disk.free,
            disk_size=disk.total,
            backlog_files=way.backlog.files,
            backlog_bytes=way.backlog.bytes,
            ferry_at=word.heard_at if word else None,
            ferry_trouble=_first_trouble(word) if word else "",
            clock_skew=word.skew.total_seconds() if word else None,
        )

    return look


def _first_trouble(word: FerryWord) -> str:
    more = len(word.troubles) + word.more_troubles - 1
    others = f"，另有{more}处" if more > 0 else ""
    return "".join(f"{each.place}（{each.error}）{others}" for each in word.troubles[:1])
