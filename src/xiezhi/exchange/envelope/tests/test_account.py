"""Accounts: roots by the definition, digests that both sites compute alike, no contradictions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from xiezhi.exchange.days import day_before, day_of, end_of, hour_floors, start_of
from xiezhi.exchange.envelope.account import AccountHeader, Hour, content_digest, day_root, hour_of
from xiezhi.exchange.envelope.check import CheckedMessage, check
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.header import canonical
from xiezhi.exchange.envelope.kinds import parse
from xiezhi.exchange.envelope.message import AttachmentFacts, Draft, new_salt, pack
from xiezhi.exchange.envelope.tests.parties import AT, PinnedTrust, Site, make_draft
from xiezhi.exchange.envelope.tree import Tree
from xiezhi.exchange.tests.books import root_by_definition
from xiezhi.foundation.ids import uuid7, uuid7_floor
from xiezhi.security.algorithms import digest


@pytest.mark.parametrize("size", [*range(18), 31, 32, 33, 100])
def test_a_tree_grown_leaf_by_leaf_has_the_root_of_the_definition(size: int) -> None:
    leaves = [str(number).encode() for number in range(size)]
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)

    assert (tree.size, tree.root()) == (size, root_by_definition(leaves))


def test_a_tree_tells_order_and_number() -> None:
    ids = sorted(uuid7() for _ in range(3))
    content = ["aa" * 32, "bb" * 32, "cc" * 32]
    swapped = ["bb" * 32, "aa" * 32, "cc" * 32]
    whole = hour_of(zip(ids, content, strict=True))

    assert hour_of(zip(ids, swapped, strict=True)).root != whole.root
    assert hour_of(zip(ids[:2], content, strict=False)).root != whole.root


def packed_digests(draft: Draft, service: Site, court: Site) -> str:
    """Seal a draft and give the digest of its content."""
    return pack(draft, service.keys_to(court)).content_digest


def test_a_message_sealed_anew_has_the_same_content(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    draft = make_draft(salt=new_salt())
    first = pack(draft, service.keys_to(court))
    second = pack(
        replace(draft, epoch=2, sequence=1, created_at=AT + timedelta(hours=1)),
        service.keys_to(court),
    )
    checked = check(second.data, own_site="court", trust=trust)

    assert isinstance(checked, CheckedMessage)
    assert first.header_digest != second.header_digest
    assert first.content_digest == second.content_digest == content_digest(checked.header)


@pytest.mark.parametrize(
    "change",
    [
        {"id": uuid7()},
        {"conversation": "application:0198"},
        {"position": 2},
        {"after": ()},
        {"type": "application.received"},
        {"version": 2},
        {"act_at": AT + timedelta(seconds=1)},
        {"body": b"{}"},
        {"attachments": ()},
        {"attachments": (AttachmentFacts(uuid7(), digest(b"scan"), 4, "application/pdf", 3),)},
        {"salt": b"1" * 16},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_content_has_another_digest(
    service: Site, court: Site, change: dict[str, object]
) -> None:
    draft = make_draft(salt=b"0" * 16)
    changed = replace(draft, **change)  # type: ignore[arg-type]  # one field of the draft

    assert packed_digests(draft, service, court) != packed_digests(changed, service, court)


def test_equal_bodies_cannot_be_told_by_their_digests(service: Site, court: Site) -> None:
    draft = make_draft()

    assert packed_digests(draft, service, court) != packed_digests(draft, service, court)


def account(**changes: object) -> AccountHeader:
    """Write an account of a day with one message."""
    hours = (Hour(count=1, root="ab" * 32), *[Hour(count=0, root=digest(b"").hex())] * 23)
    fields: dict[str, object] = {
        "id": uuid7(),
        "src": "service",
        "dst": "court",
        "epoch": 1,
        "created_at": AT,
        "suite": "national",
        "sender_key": "k",
        "day": date(2026, 3, 1),
        "count": 1,
        "root": day_root(hours),
        "hours": hours,
        "open": 0,
    }
    return AccountHeader.model_validate(fields | changes)


def test_an_account_is_read_as_it_was_written() -> None:
    written = account()

    assert parse(canonical(written)) == written


@pytest.mark.parametrize(
    ("found", "put"),
    [
        (b'"count":1,"created_at"', b'"count":2,"created_at"'),
        (b'"root":"' + b"ab" * 32, b'"root":"' + b"ac" * 32),
        (b'"day":"2026-03-01"', b'"day":"2026-02-30"'),
        (b'"day":"2026-03-01"', b'"day":"0001-01-01"'),
        (b'{"count":0,', b'{"count":-1,'),
    ],
    ids=["count", "root", "day", "year", "negative"],
)
def test_an_account_that_contradicts_itself_cannot_be_read(found: bytes, put: bytes) -> None:
    raw = canonical(account())
    assert found in raw

    with pytest.raises(EnvelopeRejected) as caught:
        parse(raw.replace(found, put, 1))
    assert caught.value.fault is Fault.HEADER


def test_days_begin_and_end_in_shanghai() -> None:
    day = date(2026, 3, 2)
    begins = datetime(2026, 3, 1, 16, tzinfo=UTC)
    floors = hour_floors(day)

    assert (start_of(day), end_of(day)) == (begins, begins + timedelta(days=1))
    assert day_of(uuid7_floor(begins)) == day
    assert day_of(uuid7_floor(begins - timedelta(milliseconds=1))) == date(2026, 3, 1)
    assert (day_before(begins), len(floors)) == (date(2026, 3, 1), 25)
    assert {b.int - a.int for a, b in pairwise(floors)} == {3_600_000 << 80}
