"""Random histories: whatever the wire does and wherever a process dies, the end is the same."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiezhi.exchange import crash
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.envelope.message import Draft
from xiezhi.exchange.models import InboxMessage, OutboxMessage
from xiezhi.exchange.queries import DeliveryState, delivery_of
from xiezhi.exchange.tests.notes import TESTER, Note
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site, make_site
from xiezhi.foundation.transactions import acting

CONVERSATIONS = ("note:a", "note:b", "note:c")
POINTS = [each for each in crash.At if not each.startswith("bulk")]
few = settings(
    max_examples=300 if os.environ.get("XIEZHI_SIZE") == "full" else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass
class Exchange:
    """Both ends of the wire and what each still owes the other."""

    site: Site
    peer: PeerSite
    open: dict[UUID, Draft] = field(default_factory=dict)
    all: list[Draft] = field(default_factory=list)
    posted: list[UUID] = field(default_factory=list)
    acknowledged: set[tuple[UUID, str]] = field(default_factory=set)

    def compose(self, texts: list[tuple[str, str]]) -> None:
        """Have the peer write notes: pairs of conversation and text."""
        positions = dict.fromkeys(CONVERSATIONS, 0)
        for conversation, text in texts:
            positions[conversation] += 1
            draft = self.peer.draft(text, positions[conversation], conversation)
            if len(self.all) % 3 == 1:
                # Only on what is older, as in the world: a circle would wait for ever.
                draft = replace(draft, after=(self.all[-1].id,))
            self.all.append(draft)
            self.open[draft.id] = draft

    def step(self, at: crash.At | None = None) -> bool:
        """Let both processes of the site work, dying at ``at``; tell whether they died."""
        died = False
        for work in (self.site.receive, self.site.send, self.site.receive):
            try:
                with crash.armed(None if died else at):
                    work()
            except crash.Crash:
                died = True
        return died

    def listen(self, ignored: frozenset[int] = frozenset()) -> None:
        """Let the peer read its tray and, but for some, acknowledge what it got."""
        self.peer.collect()
        final = {Outcome.APPLIED, Outcome.REFUSED}
        for receipt in self.peer.receipts:
            if receipt.outcome in final:
                self.open.pop(receipt.message, None)
        for number, message in enumerate(self.peer.messages.values()):
            if number not in ignored:
                self.peer.send(self.peer.acknowledge(message))

    def finish(self) -> None:
        """Let everything go well from now on, until nothing is owed."""
        for _ in range(12):
            self.site.pass_time(hours=2)
            for draft in self.open.values():
                self.peer.send(self.peer.seal(draft).data)
            self.step()
            self.listen()
            if self.quiet():
                break

    def quiet(self) -> bool:
        """Tell whether neither side owes the other anything."""
        settled = OutboxMessage.objects.filter(outcome=Outcome.APPLIED).count()
        return not self.open and settled == OutboxMessage.objects.count()


@pytest.fixture
def ground(
    key_directories: dict[str, Path], court_keys: None, note: None, db: None
) -> dict[str, Path]:
    """Give a database, keys and a handler; each history starts from there."""
    return key_directories


@contextmanager
def history(key_directories: dict[str, Path]) -> Iterator[Exchange]:
    """Give a fresh exchange; afterwards nothing of it is left."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        site, peer = make_site(key_directories, Path(folder))
        yield Exchange(site, peer)
        transaction.set_rollback(True)


def assert_nothing_lost_or_doubled(exchange: Exchange) -> None:
    """Compare the end with what a wire without faults would have given."""
    with acting(TESTER):
        rows = {row.id: row.state for row in InboxMessage.objects.all()}
    refused = {d.id for d in exchange.all if b'"refuse' in d.body}
    assert rows == {d.id: "refused" if d.id in refused else "applied" for d in exchange.all}
    for conversation in CONVERSATIONS:
        wanted = [
            Note.model_validate_json(d.body).text
            for d in exchange.all
            if d.conversation == conversation and d.id not in refused
        ]
        answers = [
            m for m in exchange.peer.messages.values() if m.header.conversation == conversation
        ]
        answers.sort(key=lambda m: m.header.position)
        assert [Note.model_validate_json(m.body).text for m in answers] == wanted
        assert [m.header.position for m in answers] == list(range(1, len(wanted) + 1))
    for message_id in exchange.peer.messages:
        delivery = delivery_of(message_id)
        assert delivery is not None
        assert delivery.state is DeliveryState.RECEIVED


@dataclass(frozen=True)
class Round:
    """What happens to the messages between two rests; drawn before anything is done."""

    order: tuple[int, ...]
    fates: tuple[str, ...]
    damaged_at: float
    death: crash.At | None
    together: bool
    unacknowledged: frozenset[int]
    minutes: int


def rounds(count: int) -> st.SearchStrategy[Round]:
    """Draw a round for ``count`` messages."""
    fate = st.sampled_from(["lost", "once", "twice", "damaged"])
    return st.builds(
        Round,
        order=st.permutations(range(count)).map(tuple),
        fates=st.tuples(*[fate] * count),
        damaged_at=st.floats(0, 1, exclude_max=True),
        death=st.none() | st.sampled_from(POINTS),
        together=st.booleans(),
        unacknowledged=st.frozensets(st.integers(0, 9)),
        minutes=st.integers(0, 120),
    )


note_texts = st.tuples(st.sampled_from(CONVERSATIONS), st.sampled_from(["yes", "no", "refuse"]))
histories = st.lists(note_texts, min_size=1, max_size=9).flatmap(
    lambda texts: st.tuples(st.just(texts), st.lists(rounds(len(texts)), min_size=1, max_size=4))
)


def play(exchange: Exchange, turn: Round) -> None:
    """Let one round happen."""
    sent: list[bytes] = []
    for number in turn.order:
        draft = exchange.all[number]
        if draft.id not in exchange.open:
            continue
        fate, envelope = turn.fates[number], exchange.peer.seal(draft).data
        if fate == "damaged":
            place = int(turn.damaged_at * len(envelope))
            changed = bytes([envelope[place] ^ 0x41])
            envelope = envelope[:place] + changed + envelope[place + 1 :]
        sent.extend([envelope] * {"lost": 0, "twice": 2}.get(fate, 1))
    for parcel in [sent] if turn.together and sent else [[each] for each in sent]:
        exchange.peer.send(*parcel)
    exchange.step(turn.death)
    exchange.listen(turn.unacknowledged)
    exchange.site.pass_time(minutes=turn.minutes)


@few
@given(story=histories)
def test_any_history_ends_as_if_nothing_had_gone_wrong(
    ground: dict[str, Path], story: tuple[list[tuple[str, str]], list[Round]]
) -> None:
    texts, turns = story
    with history(ground) as exchange:
        exchange.compose([(where, f"{text} {n}") for n, (where, text) in enumerate(texts)])
        for turn in turns:
            play(exchange, turn)
        exchange.finish()
        assert_nothing_lost_or_doubled(exchange)


@pytest.mark.parametrize("point", POINTS)
def test_a_death_at_any_point_changes_nothing_in_the_end(
    ground: dict[str, Path], point: crash.At
) -> None:
    with history(ground) as exchange:
        exchange.compose([("note:a", "one"), ("note:a", "two"), ("note:b", "refuse three")])
        sealed = [exchange.peer.seal(draft).data for draft in exchange.open.values()]
        exchange.peer.send(*sealed[:2])
        exchange.peer.send(sealed[2])
        died = exchange.step(point)
        exchange.listen()
        died = exchange.step(point) or died
        exchange.finish()

        assert died
        assert_nothing_lost_or_doubled(exchange)
