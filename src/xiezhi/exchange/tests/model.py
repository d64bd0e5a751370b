"""A model of the exchange: two sites, a hostile wire, deaths and restores, and a reference.

The reference knows only what was said, by whom, in which conversation, in which order. Whatever
happens on the way, in the end both sites must agree with it and with each other.
"""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from typing_extensions import override

from xiezhi.exchange import crash
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.envelope.check import reopen
from xiezhi.exchange.fsck.examine import Examination, examine
from xiezhi.exchange.models import InboxMessage, OutboxMessage, Peer
from xiezhi.exchange.silence import watermark_of
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.twins import Pair, Twin, pair
from xiezhi.exchange.tests.wire import FATES, changed
from xiezhi.exchange.tests.words import NewWord, Word, release, withdraw
from xiezhi.exchange.trust import site_trust
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting

CONVERSATIONS = ("word:a", "word:b")
HISTORIES = 10_000 if os.environ.get("XIEZHI_SIZE") == "full" else 500
# Both sites install the exchange: each runs its half of the histories in full.
SITE = os.environ["XIEZHI_SITE"]
DEATHS = [each for each in crash.At if not each.startswith("bulk")]
OVERSIZE = 17 * 1024 * 1024


@dataclass
class Said:
    """One act as the reference knows it; ``lost`` when a restore took it before anybody had it."""

    id: UUID
    site: str
    conversation: str
    kind: str
    number: int
    act_at: datetime
    late: bool
    may_be_lost: bool = False


@dataclass
class Ground:
    """What all histories of a test stand on."""

    twin_wrapper: BaseDatabaseWrapper
    keys: dict[str, Path]


@dataclass
class Reference:
    """Everything that was said, by site."""

    said: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    backups: dict[str, int] = field(default_factory=dict)


few = settings(
    deadline=None,
    stateful_step_count=12,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
sites = st.sampled_from(["service", "court"])
fates = st.lists(st.sampled_from(FATES), min_size=1, max_size=6)


class Exchange(RuleBasedStateMachine):
    """Random histories over two whole sites."""

    ground: ClassVar[Ground]
    restored: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        """Begin with two empty sites."""
        super().__init__()
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        release(new=False)
        self.stack.callback(withdraw)
        self.pair: Pair = self.stack.enter_context(
            pair(self.ground.twin_wrapper, self.ground.keys, Path(folder))
        )
        self.reference = Reference()
        self.number = 0

    def twin(self, site: str) -> Twin:
        """Return a site by its name."""
        return self.pair.court if site == "court" else self.pair.service

    @rule(
        site=sites,
        conversation=st.sampled_from(CONVERSATIONS),
        kind=st.sampled_from(["tell", "tell", "ask", "refuse", "new"]),
        waits=st.booleans(),
    )
    def say(self, site: str, conversation: str, kind: str, waits: bool) -> None:  # noqa: FBT001 - drawn
        """Let somebody act on a site; what a recovering site refuses was never said."""
        twin, self.number = self.twin(site), self.number + 1
        words = Word if kind != "new" else NewWord
        before = self.reference.said[site]
        with twin.at_home(), acting(TESTER):
            peer = Peer.objects.filter(site=twin.other).first()
            if peer is not None and peer.recovering_since is not None:
                return
            at = self.pair.clock.now
            pledged = peer.watermark_out if peer else None
            message_id = post(
                to=twin.other,
                message=words(kind=kind, number=self.number),
                conversation=conversation,
                act_at=at,
                after=[before[-1].id] if waits and before else [],
                actor=TESTER,
            )
        late = pledged is not None and at < pledged
        before.append(Said(message_id, site, conversation, kind, self.number, at, late))

    @rule(site=sites)
    def work(self, site: str) -> None:
        """Let a site's relay and receiver run."""
        self.twin(site).work()
        self.watch()

    @rule(site=sites, death=st.sampled_from(DEATHS))
    def die(self, site: str, death: crash.At) -> None:
        """Let a site's process die at a named point; the next work is a new process."""
        self.twin(site).work(death)

    @rule(fates=fates, backwards=st.booleans(), place=st.floats(0, 1, exclude_max=True))
    def carry(self, fates: list[str], backwards: bool, place: float) -> None:  # noqa: FBT001 - drawn
        """Carry what lies in the out trays over a hostile wire."""
        parcels = sorted(self.pair.spool.glob("*/out/*/*.parcel"), reverse=backwards)
        for number, path in enumerate(parcels):
            self._carry_one(path, fates[number % len(fates)], place)

    def _carry_one(self, path: Path, fate: str, place: float) -> None:
        content = path.read_bytes()
        own, peer = path.parents[2].name, path.parent.name
        path.unlink()
        tray = self.pair.spool / peer / "in" / own
        if fate == "misdirected":
            tray = self.pair.spool / own / "in" / peer
        for _ in range({"lost": 0, "twice": 2}.get(fate, 1)):
            (tray / f"{uuid7().hex}.parcel").write_bytes(changed(content, fate, place))

    @rule(minutes=st.integers(-20, 180))
    def pass_time(self, minutes: int) -> None:
        """Let time pass, or somebody set the clock back."""
        self.pair.clock.pass_time(minutes=minutes)

    @rule(site=sites)
    def throw_rubbish(self, site: str) -> None:
        """Lay something too large and something that is no parcel into a tray."""
        twin = self.twin(site)
        tray = self.pair.spool / site / "in" / twin.other
        (tray / f"{uuid7().hex}.parcel").write_bytes(b"\x85rubbish")
        with (tray / f"{uuid7().hex}.parcel").open("wb") as file:
            file.truncate(OVERSIZE)

    @precondition(lambda self: bool(self.restored))
    @rule(data=st.data())
    def back_up(self, data: st.DataObject) -> None:
        """Take a backup of a site that this test restores."""
        site = data.draw(st.sampled_from(self.restored))
        if site not in self.reference.backups:
            self.twin(site).back_up()
            self.reference.backups[site] = len(self.reference.said[site])

    @precondition(lambda self: bool(self.reference.backups))
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        """Restore a site in mid-traffic."""
        site = data.draw(st.sampled_from(sorted(self.reference.backups)))
        self.pair.clock.pass_time(minutes=1)
        self.twin(site).restore()
        for each in self.reference.said[site][self.reference.backups[site] :]:
            each.may_be_lost = True

    def watch(self) -> None:
        """Check that no watermark promises what is not there."""
        for receiver in (self.pair.service, self.pair.court):
            with receiver.at_home(), acting(TESTER):
                watermark = watermark_of(receiver.other)
                settled = set(
                    InboxMessage.objects.exclude(state="held").values_list("pk", flat=True)
                )
            if watermark is None:
                continue
            for each in self.reference.said[receiver.other]:
                if each.act_at < watermark and not each.late and not each.may_be_lost:
                    assert each.id in settled

    @override
    def teardown(self) -> None:
        """Let everything go well from now on, and compare the end with the reference."""
        try:
            release(new=True)
            for twin in (self.pair.service, self.pair.court):
                with twin.at_home():
                    twin.receiver.begin()
            self.pair.clock.pass_time(hours=4)
            self.pair.settle(16)
            self.watch()
            for twin in (self.pair.service, self.pair.court):
                self._compare(twin)
        finally:
            self.stack.close()

    def _compare(self, twin: Twin) -> None:
        """Compare what ``twin`` said with what the other site made of it."""
        sent, received = _outbox(twin), _inbox(self.twin(twin.other))
        assert {key: row[2] for key, row in sent.items()} == {
            key: row[2] for key, row in received.items()
        }
        for each in self.reference.said[twin.name]:
            if each.may_be_lost and each.id not in sent:
                continue
            assert received[each.id][2] == ("refused" if each.kind == "refuse" else "applied")
        places = defaultdict(list)
        for conversation, position, _, _ in received.values():
            places[conversation].append(position)
        for conversation, positions in places.items():
            assert sorted(positions) == list(range(1, len(positions) + 1)), conversation
        self._answered_once(twin, received)
        with twin.at_home(), acting(TESTER):
            assert list(examine(TESTER, Examination())) == []

    def _answered_once(self, twin: Twin, received: dict[UUID, Row]) -> None:
        asked = {
            each.number
            for each in self.reference.said[twin.other]
            if each.kind == "ask" and each.id in _inbox(twin)
        }
        answers = sorted(
            row[3].number for row in received.values() if row[3] and row[3].kind == "answer"
        )
        assert answers == sorted(asked)


Row = tuple[str, int, str, Word | None]


def _outbox(twin: Twin) -> dict[UUID, Row]:
    with twin.at_home(), acting(TESTER):
        rows = OutboxMessage.objects.all()
        return {row.id: (row.conversation, row.position, row.outcome, None) for row in rows}


def _inbox(twin: Twin) -> dict[UUID, Row]:
    with twin.at_home(), acting(TESTER):
        rows = InboxMessage.objects.all()
        return {row.id: (row.conversation, row.position, row.state, _word(row)) for row in rows}


def _word(row: InboxMessage) -> Word | None:
    if row.type != Word.TYPE:
        return None
    return Word.model_validate_json(reopen(bytes(row.envelope), trust=site_trust()).body)
