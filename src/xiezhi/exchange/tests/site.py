"""The site under test with its processes, stepped by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from xiezhi.exchange import ferry
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.models import InboxMessage, OutboxMessage
from xiezhi.exchange.processes.keeper import Keeper
from xiezhi.exchange.processes.receiver import Receiver
from xiezhi.exchange.processes.relay import Relay
from xiezhi.exchange.tests.notes import AT, TESTER, Note
from xiezhi.exchange.tests.peer import PeerSite, trays
from xiezhi.exchange.transports import Transport
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.transactions import acting
from xiezhi.security.keys import KeyRing, PeerBook


@dataclass
class Site:
    """Relay, receiver and ferry, one step at a time."""

    transport: Transport
    carry: Callable[[], int]
    now: datetime
    relay: Relay = field(init=False)
    receiver: Receiver = field(init=False)
    keeper: Keeper = field(init=False)

    def post(
        self, text: str, conversation: str = "note:1", attachments: Sequence[UUID] = ()
    ) -> UUID:
        """Post a note to the service site."""
        with acting(TESTER):
            return post(
                to="service",
                message=Note(text=text),
                conversation=conversation,
                act_at=AT,
                attachments=attachments,
                actor=TESTER,
            )

    def receive(self) -> None:
        """Carry and take in everything that lies in the trays."""
        self.carry()
        while self.receiver.tick() + self.keeper.tick():
            pass

    def send(self) -> None:
        """Send everything that waits, and carry it."""
        while self.relay.tick():
            pass
        self.carry()

    def pass_time(self, **spans: float) -> None:
        """Let the site's clock go on."""
        self.now += timedelta(**spans)

    def inbox(self) -> list[tuple[str, str]]:
        """Give state and reason of what was received, by conversation and position."""
        with acting(TESTER):
            rows = InboxMessage.objects.order_by("conversation", "position")
            return [(row.state, row.reason) for row in rows]

    def message(self, message_id: UUID) -> OutboxMessage:
        """Load a message of ours."""
        with acting(TESTER):
            return OutboxMessage.objects.get(pk=message_id)

    def effects(self, conversation: str | None = None) -> list[str]:
        """Give the texts that the handler answered with, in order."""
        with acting(TESTER):
            rows = OutboxMessage.objects.order_by("conversation", "position")
            if conversation:
                rows = rows.filter(conversation=conversation)
            return [Note.model_validate_json(row.body).text for row in rows if row.body]


def make_site(key_directories: dict[str, Path], spool: Path) -> tuple[Site, PeerSite]:
    """Make the court site on a clock of its own, and the service site as its peer."""
    ways = trays(spool, ("court", "service"))
    return connect(key_directories, ways, lambda: ferry.carry(spool).carried)


def connect(
    key_directories: dict[str, Path], ways: Mapping[str, Transport], carry: Callable[[], int]
) -> tuple[Site, PeerSite]:
    """Put court and service site on their ways to each other."""
    service = key_directories["service"]
    trust = SiteTrust(KeyRing.load(service), PeerBook.load(service))
    site = Site(ways["court"], carry, AT)
    site.relay = Relay(site.transport, ["service"], lambda: site.now)
    site.receiver = Receiver(site.transport, ["service"], lambda: site.now)
    site.keeper = Keeper(site.receiver, site.transport, ["service"], lambda: site.now)
    return site, PeerSite(trust, ways["service"])
