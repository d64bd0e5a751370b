"""Back-pressure: what is not taken away stops what follows, and nothing is lost by it."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest
from pytest_django.fixtures import Settings

from xiezhi.exchange import ferry
from xiezhi.exchange.pressure import pressure
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.tests.test_attachments import blob_of_ours, picture
from xiezhi.exchange.transports.chosen import transport


@pytest.fixture(autouse=True)
def way(site: Site, spool: Path, settings: Settings) -> None:
    """Let the site's settings name the trays of the test."""
    settings.XIEZHI_HOME = spool.parent
    transport.cache_clear()


def some_bytes(file: BinaryIO) -> None:
    """Write more than the way may hold."""
    file.write(bytes(50_000))


def states(site: Site, *ids: object) -> list[str]:
    """Give the states of messages."""
    return [site.message(each).state for each in ids]  # type: ignore[arg-type]


def test_messages_wait_while_too_many_parcels_lie_there(
    site: Site, peer: PeerSite, settings: Settings
) -> None:
    settings.XIEZHI_EXCHANGE_BACKLOG_FILES = 2
    ids = []
    for number in range(4):
        ids.append(site.post(f"n{number}", conversation=f"note:{number}"))
        site.relay.tick()

    during = (states(site, *ids), pressure("service"))
    site.carry()
    site.send()
    peer.collect()

    assert during[0] == ["sent", "sent", "pending", "pending"]
    assert (during[1].messages_stopped, during[1].bulk_stopped) == (True, False)
    assert during[1].backlog.parcels.files == 2
    assert (peer.texts(), pressure("service").messages_stopped) == (
        ["n0", "n1", "n2", "n3"],
        False,
    )


def test_the_relay_rests_while_nothing_is_taken(site: Site, settings: Settings) -> None:
    settings.XIEZHI_EXCHANGE_BACKLOG_FILES = 1
    site.post("a")
    site.relay.tick()
    site.post("b")

    assert [site.relay.tick() for _ in range(3)] == [0, 0, 0]


def test_what_is_due_is_not_repeated_onto_a_full_way(site: Site, settings: Settings) -> None:
    settings.XIEZHI_EXCHANGE_BACKLOG_FILES = 1
    message = site.post("a")
    site.relay.tick()
    site.pass_time(hours=5)
    site.relay.tick()

    assert (states(site, message), site.message(message).attempts) == (["sent"], 1)


def test_attachments_wait_for_room_and_messages_do_not(
    site: Site, peer: PeerSite, settings: Settings
) -> None:
    settings.XIEZHI_EXCHANGE_BACKLOG_BYTES = 40_000
    first, second = blob_of_ours(picture("white")), blob_of_ours(picture("black"))
    site.transport.put_bulk("service", "0199", some_bytes)
    message = site.post("with files", attachments=[first, second])
    while site.relay.tick():
        pass

    during = pressure("service")
    assert (during.messages_stopped, during.bulk_stopped) == (False, True)
    assert (states(site, message), during.backlog.bulk.files) == (["sent"], 1)

    site.carry()
    while site.relay.tick():
        pass

    assert pressure("service").backlog.bulk.files == 2


def test_a_full_way_is_told_once_and_its_end_once(site: Site, settings: Settings) -> None:
    settings.XIEZHI_EXCHANGE_BACKLOG_FILES = 1
    site.post("a")
    for _ in range(3):
        site.relay.tick()
    during = dict(site.relay.troubles.now)
    site.carry()
    site.relay.tick()

    assert list(during) == ["parcel to service"]
    assert site.relay.troubles.now == {}


def test_pressure_shows_the_ferry_and_a_way_that_cannot_be_looked_at(
    site: Site, spool: Path
) -> None:
    ferry.Word(spool).tell(ferry.carry(spool))
    seen = pressure("service")
    (spool / "court/out/service").rmdir()
    lost = pressure("service")

    assert seen.ferry is not None
    assert (seen.ferry.troubles, seen.trouble) == ((), "")
    assert "No such file" in lost.trouble
