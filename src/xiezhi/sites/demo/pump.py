"""The exchange of one site, moved by hand under the demonstration clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from xiezhi.exchange.processes.keeper import Keeper
from xiezhi.exchange.processes.receiver import Receiver
from xiezhi.exchange.processes.relay import Relay
from xiezhi.exchange.queries import unsettled
from xiezhi.exchange.transports.spool import SpoolTransport
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting


class Pump:
    """One relay, one receiver and one keeper that read the clock of the demonstration."""

    def __init__(self) -> None:
        """Connect them with the site's own trays."""
        self.at = datetime.min.replace(tzinfo=UTC)
        transport = SpoolTransport(Path(settings.XIEZHI_HOME) / "spool", settings.XIEZHI_SITE)
        peers = list(settings.XIEZHI_PEERS)
        transport.prepare(peers)
        self._relay = Relay(transport, peers, self._clock)
        self._receiver = Receiver(transport, peers, self._clock)
        self._keeper = Keeper(self._receiver, transport, peers, self._clock)

    def _clock(self) -> datetime:
        return self.at

    def __call__(self, *, at: str) -> dict[str, int]:
        """Send and take in once at the moment ``at``; tell how much moved and is still open."""
        self.at = datetime.fromisoformat(at)
        moved = self._relay.tick() + self._receiver.tick() + self._keeper.tick()
        with acting(Actor.system("demo")):
            return {"moved": moved, "open": unsettled()}
