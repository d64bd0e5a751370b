"""The port of transports: what holds of every carrier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import BinaryIO

import pytest

from xiezhi.exchange import ferry
from xiezhi.exchange.envelope.container import MAX_ENVELOPE
from xiezhi.exchange.tests.nats_servers import Server, access, free_ports, running
from xiezhi.exchange.tests.waiting import until
from xiezhi.exchange.transports import Arrived, Backlog, Gone, Lane, Load, Transport
from xiezhi.exchange.transports.nats import NatsTransport
from xiezhi.exchange.transports.spool import SpoolTransport

NAMES = count()


@dataclass
class Way:
    """Two sites and what carries between them."""

    ours: Transport
    theirs: Transport
    carry: Callable[[], object]
    again: Callable[[], Transport]

    def arrived(self, wanted: int, lane: Lane = Lane.PARCEL, limit: int = 64) -> list[Arrived]:
        """List what came to the peer; no carrier promises that it comes at once."""
        self.carry()
        found: list[Arrived] = []

        def look() -> bool:
            found[:] = self.theirs.arrived(OURS, lane, limit)
            return len(found) >= wanted

        until(look)
        return found


OURS = "court"
THEIRS = "service"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run one broker for the tests of this file."""
    server = Server(tmp_path_factory.mktemp("nats") / "n", free_ports(1)[0])
    with running([server]):
        yield server


def spool_way(tmp_path: Path, _: pytest.FixtureRequest) -> Iterator[Way]:
    """Lay trays, with the ferry between them."""
    yield Way(
        SpoolTransport(tmp_path, OURS),
        SpoolTransport(tmp_path, THEIRS),
        lambda: ferry.carry(tmp_path),
        lambda: SpoolTransport(tmp_path, THEIRS),
    )


def nats_way(_: Path, request: pytest.FixtureRequest) -> Iterator[Way]:
    """Connect two sites to the broker, which has forgotten the test before."""
    server: Server = request.getfixturevalue("server")
    server.stop()
    server.home = server.home.with_name(f"n{next(NAMES)}")
    server.start()
    opened: list[Transport] = []

    def connected(own: str) -> Transport:
        opened.append(transport := NatsTransport(own, access(server), ack_wait=0.3))
        return transport

    yield Way(connected(OURS), connected(THEIRS), lambda: None, partial(connected, THEIRS))
    for each in opened:
        each.close()


@pytest.fixture(params=[spool_way, nats_way], ids=["spool", "nats"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    """Give one carrier after the other."""
    for way in request.param(tmp_path, request):
        way.ours.prepare([THEIRS])
        way.theirs.prepare([OURS])
        yield way


def contents(arrived: list[Arrived]) -> list[bytes]:
    """Read what arrived."""
    found = []
    for each in arrived:
        with each.open() as file:
            found.append(file.read())
    return found


def writes(content: bytes) -> Callable[[BinaryIO], None]:
    """Write one content."""

    def write(file: BinaryIO) -> None:
        file.write(content)

    return write


def test_parcels_arrive_in_the_order_they_were_put(way: Way) -> None:
    way.ours.put(THEIRS, [b"first", b"second, longer"])
    way.ours.put(THEIRS, [b"third"])

    arrived = way.arrived(3)

    assert [(each.peer, each.size) for each in arrived] == [(OURS, 5), (OURS, 14), (OURS, 5)]
    assert contents(arrived) == [b"first", b"second, longer", b"third"]


def test_a_way_without_anything_gives_nothing(way: Way) -> None:
    assert (way.arrived(0), way.arrived(0, Lane.BULK)) == ([], [])
    assert way.ours.backlog(THEIRS) == Backlog()


def test_listing_takes_nothing_away(way: Way) -> None:
    way.ours.put(THEIRS, [b"a", b"b"])

    first, again = way.arrived(2), way.arrived(2)

    assert [each.name for each in first] == [each.name for each in again]
    assert contents(again) == [b"a", b"b"]


def test_what_is_discarded_is_not_listed_again(way: Way) -> None:
    way.ours.put(THEIRS, [b"a", b"b", b"c"])
    first, _, third = way.arrived(3)

    way.theirs.discard([third, first])

    assert contents(way.arrived(1)) == [b"b"]


def test_what_was_not_discarded_is_offered_to_the_next_process(way: Way) -> None:
    way.ours.put(THEIRS, [b"a", b"b"])
    way.theirs.discard(way.arrived(2)[:1])

    after = way.again()
    after.prepare([OURS])

    until(lambda: contents(after.arrived(OURS, Lane.PARCEL, 64)) == [b"b"])


def test_a_repeated_discard_changes_nothing(way: Way) -> None:
    way.ours.put(THEIRS, [b"a"])
    arrived = way.arrived(1)

    way.theirs.discard(arrived)
    way.theirs.discard(arrived)

    assert way.arrived(0) == []


def test_the_limit_gives_the_oldest(way: Way) -> None:
    way.ours.put(THEIRS, [b"a", b"b", b"c"])

    assert contents(way.arrived(2, limit=2)) == [b"a", b"b"]


def test_lanes_do_not_see_each_other(way: Way) -> None:
    way.ours.put(THEIRS, [b"parcel"])
    way.ours.put_bulk(THEIRS, "0199", writes(b"bulk"))

    assert contents(way.arrived(1)) == [b"parcel"]
    assert contents(way.arrived(1, Lane.BULK)) == [b"bulk"]


def test_directions_do_not_see_each_other(way: Way) -> None:
    way.theirs.put(OURS, [b"to us"])
    way.carry()

    assert way.arrived(0) == []
    until(lambda: contents(way.ours.arrived(THEIRS, Lane.PARCEL, 64)) == [b"to us"])


def test_bulk_of_the_same_name_replaces_what_is_under_way(way: Way) -> None:
    for content in (b"old", b"new"):
        way.ours.put_bulk(THEIRS, "0199", writes(content))
    way.ours.put_bulk(THEIRS, "0200", writes(b"other"))

    assert contents(way.arrived(2, Lane.BULK)) == [b"new", b"other"]


def test_what_was_listed_and_then_replaced_is_gone_or_new(way: Way) -> None:
    way.ours.put_bulk(THEIRS, "0199", writes(b"old"))
    listed = way.arrived(1, Lane.BULK)
    way.ours.put_bulk(THEIRS, "0199", writes(b"new"))
    way.carry()

    try:
        found = contents(listed)
    except Gone:
        found = contents(way.arrived(1, Lane.BULK))

    assert found == [b"new"]


def test_the_largest_parcel_passes(way: Way) -> None:
    parcel = bytes(MAX_ENVELOPE)

    way.ours.put(THEIRS, [parcel])

    assert [each.size for each in way.arrived(1)] == [MAX_ENVELOPE]
    assert contents(way.arrived(1)) == [parcel]


def test_the_backlog_is_what_nobody_has_taken(way: Way) -> None:
    way.ours.put(THEIRS, [b"12345", b"6"])
    way.ours.put_bulk(THEIRS, "0199", writes(bytes(1000)))
    backlog = way.ours.backlog(THEIRS)
    both = (*way.arrived(2), *way.arrived(1, Lane.BULK))
    way.theirs.discard(both)

    assert (backlog.parcels.files, backlog.bulk.files, backlog.files) == (2, 1, 3)
    assert (backlog.parcels.bytes >= 6, 1000 <= backlog.bulk.bytes < 2000) == (True, True)
    until(lambda: way.ours.backlog(THEIRS) == Backlog(Load(), Load()))


def test_a_bulk_write_that_fails_leaves_nothing(way: Way) -> None:
    def fails(file: BinaryIO) -> None:
        file.write(b"half")
        raise OSError("the source cannot be read")

    with pytest.raises(OSError, match="the source"):
        way.ours.put_bulk(THEIRS, "0199", fails)

    assert (way.ours.backlog(THEIRS), way.arrived(0, Lane.BULK)) == (Backlog(), [])
