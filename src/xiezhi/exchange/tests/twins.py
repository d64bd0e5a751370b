"""Two whole sites in one process: each with its database, keys, relay and receiver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings

from xiezhi.exchange import crash, ferry
from xiezhi.exchange.actions.begin_recovery import begin_recovery
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.models import InboxMessage, OutboxMessage, RecallTask
from xiezhi.exchange.processes.receiver import Receiver
from xiezhi.exchange.processes.relay import Relay
from xiezhi.exchange.queries import unsettled
from xiezhi.exchange.recovery import recovering
from xiezhi.exchange.tests.notes import AT, TESTER, Note
from xiezhi.exchange.tests.peer import trays
from xiezhi.exchange.transports.spool import SpoolTransport
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting

RESTS = 2
RESTORE = Actor.system("exchange.recover")


@dataclass
class Clock:
    """The one clock of both sites."""

    now: datetime = AT

    def pass_time(self, **spans: float) -> None:
        """Go on."""
        self.now += timedelta(**spans)


@dataclass
class Twin:
    """One of the two sites; everything it does happens ``at_home``."""

    name: str
    other: str
    wrapper: BaseDatabaseWrapper
    keys: Path
    transport: SpoolTransport
    clock: Clock
    backup: str = ""
    backed_up_at: datetime = AT
    relay: Relay = field(init=False)
    receiver: Receiver = field(init=False)

    def __post_init__(self) -> None:
        now = lambda: self.clock.now  # noqa: E731 - both read the one clock
        self.relay = Relay(self.transport, [self.other], now)
        self.receiver = Receiver(self.transport, [self.other], now)

    @contextmanager
    def at_home(self) -> Iterator[None]:
        """Make the process this site's: its database, its keys, its name."""
        before = connections["default"]
        connections["default"] = self.wrapper
        told = {"XIEZHI_SITE": self.name, "XIEZHI_PEERS": [self.other]}
        try:
            with override_settings(**told, XIEZHI_SITE_DIRECTORY=self.keys.parent):
                yield
        finally:
            connections["default"] = before

    def post(self, text: str, conversation: str = "note:1", after: Sequence[UUID] = ()) -> UUID:
        """Post a note to the other site."""
        with self.at_home(), acting(TESTER):
            return post(
                to=self.other,
                message=Note(text=text),
                conversation=conversation,
                act_at=self.clock.now,
                after=after,
                actor=TESTER,
            )

    def work(self, death: crash.At | None = None) -> bool:
        """Let relay and receiver work until nothing is to do; tell whether they died."""
        with self.at_home():
            try:
                with crash.armed(death):
                    while self.receiver.tick():
                        pass
                    self.receiver.sweep(self.other)
                    while self.relay.tick():
                        pass
            except crash.Crash:
                return True
        return False

    def back_up(self) -> None:
        """Remember the database as it stands now."""
        with self.at_home():
            self.backup, self.backed_up_at = transaction.savepoint(), self.clock.now

    def restore(self) -> None:
        """Bring the database back to what was remembered, and begin recovery."""
        with self.at_home():
            transaction.savepoint_rollback(self.backup)
            self.backup = transaction.savepoint()
            with acting(RESTORE):
                begin_recovery(restored_at=self.backed_up_at, at=self.clock.now, actor=RESTORE)

    def forget_since_backup(self) -> None:
        """Bring the database back as somebody would who tells nobody."""
        with self.at_home():
            transaction.savepoint_rollback(self.backup)
            self.backup = transaction.savepoint()

    def applied(self, conversation: str) -> list[str]:
        """Give the states of what was received in a conversation, by position."""
        with self.at_home(), acting(TESTER):
            rows = InboxMessage.objects.filter(conversation=conversation).order_by("position")
            return [row.state for row in rows]

    def quiet(self) -> bool:
        """Tell whether nothing is owed, asked for or held."""
        with self.at_home(), acting(TESTER):
            returning = RecallTask.objects.filter(done_at=None).exists()
            return not (unsettled() or returning or recovering())

    def outcomes(self) -> set[str]:
        """Give what the other site said of our messages."""
        with self.at_home(), acting(TESTER):
            return set(OutboxMessage.objects.values_list("outcome", flat=True))


@dataclass
class Pair:
    """The portal and the court, and the ferry between them."""

    service: Twin
    court: Twin
    clock: Clock
    spool: Path

    def carry(self) -> int:
        """Let the ferry go once."""
        return ferry.carry(self.spool).carried

    def park(self) -> dict[Path, bytes]:
        """Take what lies in the out trays aside, as a slow device would."""
        parked = {path: path.read_bytes() for path in self.spool.glob("*/out/*/*.parcel")}
        for path in parked:
            path.unlink()
        return parked

    def unpark(self, parked: dict[Path, bytes]) -> None:
        """Put it back."""
        for path, content in parked.items():
            path.write_bytes(content)

    def settle(self, rounds: int = 12) -> None:
        """Let everything go well until nothing has been owed for two rounds."""
        quiet = 0
        for _ in range(rounds):
            self.clock.pass_time(hours=2)
            for twin in (self.service, self.court):
                twin.work()
                self.carry()
            quiet = quiet + 1 if self.service.quiet() and self.court.quiet() else 0
            if quiet == RESTS:
                break


@contextmanager
def pair(twin_wrapper: BaseDatabaseWrapper, keys: dict[str, Path], spool: Path) -> Iterator[Pair]:
    """Give two sites whose databases are rolled back in the end."""
    clock = Clock()
    wrappers = {"court": connections["default"], "service": twin_wrapper}
    twins = {}
    with ExitStack() as stack:
        for own, other in (("service", "court"), ("court", "service")):
            transport = trays(spool, (own, other))[own]
            twins[own] = Twin(own, other, wrappers[own], keys[own], transport, clock)
            stack.enter_context(_rolled_back(twins[own]))
        yield Pair(twins["service"], twins["court"], clock, spool)


@contextmanager
def _rolled_back(twin: Twin) -> Iterator[None]:
    with twin.at_home():
        outer = transaction.atomic()
        outer.__enter__()
    try:
        yield
    finally:
        with twin.at_home():
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def open_twin(name: str) -> BaseDatabaseWrapper:
    """Connect to a database beside the default one, with the same settings."""
    told = {**connections.databases["default"], "NAME": name}
    wrapper: BaseDatabaseWrapper = connections.create_connection("default")
    wrapper.settings_dict = told
    return wrapper
