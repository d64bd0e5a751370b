"""Accounts that differ: what is missing or different is found, and mended where it can be."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from xiezhi.contracts.messages import AccountEntry
from xiezhi.exchange.actions._accounts import DETAIL, _details
from xiezhi.exchange.daybook import Difference, differences
from xiezhi.exchange.days import hour_floors
from xiezhi.exchange.envelope.account import AccountHeader
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.states import Direction, FindingKind
from xiezhi.exchange.tests.books import (
    DAY,
    Books,
    answer,
    day_row,
    findings,
    hear,
    settle_day,
    stamped,
)
from xiezhi.exchange.tests.site import Site

OUT, IN = Direction.OUT, Direction.IN


def test_a_message_that_never_came_is_found_and_comes(site: Site, sent: Books) -> None:
    sent.send_note("one", 1)
    lost = sent.send_note("two", 2, lost=True, hours=2)
    site.receive()
    site.pass_time(days=1)
    sent.peer.send(sent.account())
    site.receive()
    site.send()
    sent.peer.collect()
    # Of the one hour that differs, the court tells what it has: nothing.
    floors = hour_floors(DAY)
    (detail,) = sent.details()
    assert (detail.sender, detail.first, detail.before) == ("service", floors[11], floors[12])
    assert detail.entries == ()

    sent.send_detail(sent.detail("service"))
    site.receive()
    missing = stamped(2, hours=2)
    assert (day_row(IN).state, findings()) == ("differs", [(missing, "missing-here", True)])

    sent.peer.send(lost)
    sent.peer.send(sent.account())
    site.receive()
    assert (day_row(IN).state, findings()) == ("agreed", [(missing, "missing-here", False)])


def lose(site: Site, books: Books, key: UUID) -> AccountHeader:
    """Let the peer lose a message that it had receipted, and differ from the court's account."""
    kept = books.held.pop(key)
    site.pass_time(days=1)
    account = hear(site, books)[-1]
    answer(site, books, account)
    books.send_detail(books.detail("court"))
    site.receive()
    books.held[key] = kept
    return account


def test_what_the_peer_has_lost_is_sent_again_as_it_was_sealed(site: Site, received: Books) -> None:
    peer = received.peer
    first, second = settle_day(site, received, "one", "two")
    before = peer.messages[second].header_digest
    lose(site, received, second)
    assert (day_row(OUT).state, findings()) == ("differs", [(second, "missing-there", True)])

    del peer.messages[second]
    site.send()
    peer.collect()
    assert peer.messages[second].header_digest == before
    assert [site.message(each).state for each in (first, second)] == ["acknowledged", "sent"]

    peer.send(peer.acknowledge(peer.messages[second]))
    site.receive()
    site.pass_time(hours=2)
    answer(site, received, hear(site, received)[-1])
    assert (day_row(OUT).state, findings()) == ("agreed", [(second, "missing-there", False)])
    assert site.message(second).outcome == "applied"


def test_what_has_no_body_any_more_is_never_sealed_anew(site: Site, received: Books) -> None:
    peer = received.peer
    (only,) = settle_day(site, received, "one")
    kept = bytes(site.message(only).envelope or b"")
    lose(site, received, only)
    site.send()
    peer.send(peer.acknowledge(peer.messages[only], Outcome.QUARANTINED, "digest"))
    site.receive()
    for _ in range(2):
        site.pass_time(hours=3)
        site.send()

    row = site.message(only)
    assert (row.state, row.body, bytes(row.envelope or b"")) == ("sent", None, kept)


def test_another_content_is_found_and_nothing_is_sent(site: Site, received: Books) -> None:
    (only,) = settle_day(site, received, "one")
    received.held[only] = "ab" * 32
    site.pass_time(days=1)
    answer(site, received, hear(site, received)[-1])
    received.send_detail(received.detail("court"))
    site.receive()

    assert findings() == [(only, "different", True)]
    assert site.message(only).state == "acknowledged"


def test_what_we_have_forgotten_is_found(site: Site, received: Books) -> None:
    settle_day(site, received, "one")
    forgotten = stamped(7, hours=1)
    received.held[forgotten] = "ab" * 32
    site.pass_time(days=1)
    answer(site, received, hear(site, received)[-1])
    received.send_detail(received.detail("court"))
    site.receive()

    assert findings() == [(forgotten, "missing-here", True)]


def test_the_same_difference_is_told_once_and_a_new_one_again(site: Site, received: Books) -> None:
    settle_day(site, received, "one", "two")
    first = received.held.pop(stamped(1))
    site.pass_time(days=1)
    for _ in range(3):
        answer(site, received, hear(site, received)[-1])
        site.pass_time(minutes=61)
    hear(site, received)
    (detail,) = received.details()
    assert [each.id for each in detail.entries] == [stamped(1), stamped(2)]

    received.held = {stamped(1): first}
    answer(site, received, hear(site, received)[-1])
    hear(site, received)
    assert len(received.details()) == 2


def test_a_detail_taken_twice_changes_nothing(site: Site, received: Books) -> None:
    (only,) = settle_day(site, received, "one")
    lose(site, received, only)
    del received.held[only]
    received.send_detail(received.detail("court"), position=2)
    site.receive()

    assert findings() == [(only, "missing-there", True)]


CONTRADICTIONS: dict[str, dict[str, object]] = {
    "a stranger's": {"sender": "bank"},
    "from before the day": {"first": stamped(0, days=-1)},
    "to after the day": {"before": stamped(0, days=2)},
    "an entry below": {"first": stamped(2)},
    "an entry above": {"before": stamped(1)},
    "too early": {"day": date.min},
    "backwards": {"first": stamped(2), "before": stamped(1), "entries": ()},
    "unordered": {"entries": tuple(AccountEntry(id=stamped(n), digest="ab" * 32) for n in (2, 1))},
}


def test_a_detail_that_contradicts_itself_is_refused(site: Site, received: Books) -> None:
    settle_day(site, received, "one", "two")
    site.pass_time(days=1)
    hear(site, received)
    sound = received.detail("court")
    refused = [
        received.send_detail(sound.model_copy(update=change), position)
        for position, change in enumerate(CONTRADICTIONS.values(), 1)
    ]
    site.receive()
    site.send()
    received.peer.collect()

    outcomes = [received.peer.outcomes()[each] for each in refused]
    assert dict(zip(CONTRADICTIONS, outcomes, strict=True)) == dict.fromkeys(
        CONTRADICTIONS, ("refused", "exchange.account-detail")
    )
    assert findings() == []


def test_a_detail_of_a_day_that_was_never_drawn_is_refused(site: Site, received: Books) -> None:
    received.held[stamped(1)] = "ab" * 32
    refused = received.send_detail(received.detail("court"))
    site.receive()
    site.send()
    received.peer.collect()

    assert received.peer.outcomes()[refused] == ("refused", "exchange.account-detail")


def test_details_follow_one_another_without_a_gap() -> None:
    ids = [stamped(number) for number in range(2 * DETAIL + 1)]
    first, before = stamped(0, hours=-1), stamped(0, hours=1)
    found = list(_details("court", DAY, first, before, iter((each, "ab" * 32) for each in ids)))

    assert [len(each.entries) for each in found] == [DETAIL, DETAIL, 1]
    assert [each.id for part in found for each in part.entries] == ids
    assert (found[0].first, found[-1].before) == (first, before)
    assert all(left.before == right.first for left, right in pairwise(found))


books = st.dictionaries(st.integers(0, 12).map(stamped), st.sampled_from(["aa", "bb"]))


@given(own=books, theirs=books)
def test_differences_are_those_of_the_two_sets(
    own: dict[UUID, str], theirs: dict[UUID, str]
) -> None:
    expected = {
        key: Difference(
            key,
            FindingKind.MISSING_HERE
            if key not in own
            else FindingKind.MISSING_THERE
            if key not in theirs
            else FindingKind.DIFFERENT,
            own.get(key, ""),
            theirs.get(key, ""),
        )
        for key in own.keys() | theirs.keys()
        if own.get(key) != theirs.get(key)
    }

    found = list(differences(sorted(own.items()), sorted(theirs.items())))
    assert found == [expected[key] for key in sorted(expected)]
