"""Real faults of disk and trays: told once, waited out, nothing lost."""

from __future__ import annotations

import errno
import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings
from structlog.testing import capture_logs
from typing_extensions import override

from xiezhi.exchange.processes.receiver import Receiver
from xiezhi.exchange.processes.relay import Relay
from xiezhi.exchange.processes.roster_watch import RosterWatch
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.transports import Arrived
from xiezhi.exchange.transports.chosen import choose
from xiezhi.exchange.transports.spool import SpoolTransport


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let the kernel refuse larger files, as a full quota does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_parcel_that_does_not_fit_leaves_nothing_and_goes_later(
    site: Site, peer: PeerSite, spool: Path
) -> None:
    message = site.post("a" * 5000)
    with capture_logs() as logs, files_no_larger_than(1000):
        for _ in range(3):
            site.relay.tick()
    during = (site.message(message).state, list((spool / "court/out/service").iterdir()))
    site.send()
    peer.collect()

    assert during == ("sealed", [])
    assert [(each["event"], each["trouble"]) for each in logs] == [
        ("exchange is hindered", "OSError: File too large")
    ]
    assert (len(peer.messages), site.relay.troubles.now) == (1, {})


def test_a_lost_tray_hinders_one_peer_alone_and_is_made_again(
    site: Site, peer: PeerSite, spool: Path, settings: Settings
) -> None:
    settings.XIEZHI_HOME, settings.XIEZHI_PEERS = spool.parent, ["bank", "service"]
    transport = choose()
    relay = Relay(transport, (), lambda: site.now)
    receiver = Receiver(transport, (), lambda: site.now)
    watch = RosterWatch(transport, relay, receiver)
    watch.look()
    (spool / "court/out/bank").rmdir()
    site.post("to the service site")
    relay.tick()
    during = list(relay.troubles.now)
    watch.look()
    relay.tick()
    site.carry()
    peer.collect()

    assert (during, relay.troubles.now) == (["to bank"], {})
    assert peer.texts() == ["to the service site"]


def test_the_roster_is_told_to_both_and_its_trays_are_made(
    site: Site, spool: Path, settings: Settings
) -> None:
    settings.XIEZHI_HOME, settings.XIEZHI_PEERS = spool.parent, ["service"]
    transport = choose()
    relay = Relay(transport, (), lambda: site.now)
    receiver = Receiver(transport, (), lambda: site.now)
    watch = RosterWatch(transport, relay, receiver)
    watch.look()
    before = (relay.peers, receiver.peers)
    settings.XIEZHI_PEERS = ["service", "bank"]
    watch.look()

    assert before == (("service",), ("service",))
    assert (relay.peers, receiver.peers) == (("service", "bank"), ("service", "bank"))
    assert [(spool / "court" / way / "bank").is_dir() for way in ("in", "out")] == [True, True]


def test_mending_trays_leaves_a_file_in_the_making_alone(spool: Path) -> None:
    transport = SpoolTransport(spool, "court")
    transport.prepare(["service"])
    making = spool / "court/out/service/.a.parcel.tmp"
    making.write_bytes(b"half")
    transport.prepare(["service"])
    kept = making.exists()
    SpoolTransport(spool, "court").prepare(["service"])

    assert (kept, making.exists()) == (True, False)


def test_a_tray_that_cannot_be_listed_is_told_once_and_read_later(
    site: Site, peer: PeerSite, spool: Path
) -> None:
    peer.send(peer.seal(peer.draft("a")).data)
    site.carry()
    tray = spool / "court/in/service"
    aside = tray.rename(spool / "aside")
    tray.write_bytes(b"a file where the tray should be")
    with capture_logs() as logs:
        for _ in range(3):
            site.receiver.tick()
            site.keeper.tick()
    tray.unlink()
    aside.rename(tray)
    site.receive()

    assert [each["trouble"] for each in logs] == ["NotADirectoryError: Not a directory"] * 2
    assert sorted(each["place"] for each in logs) == ["bulk from service", "parcel from service"]
    assert (site.inbox(), site.receiver.troubles.now) == ([("applied", "")], {})


class ReadOnlyTray(SpoolTransport):
    """A spool whose in tray became read-only: what lies there cannot be removed."""

    writable = False

    @override
    def discard(self, arrived: Sequence[Arrived]) -> None:
        if not self.writable:
            raise OSError(errno.EROFS, "Read-only file system")
        super().discard(arrived)


def test_what_cannot_be_discarded_is_applied_once_and_looked_at_ever_more_seldom(
    site: Site, peer: PeerSite, spool: Path
) -> None:
    tray = ReadOnlyTray(spool, "court")
    site.receiver = Receiver(tray, ["service"], lambda: site.now)
    peer.send(peer.seal(peer.draft("a")).data)
    with capture_logs() as logs:
        site.receive()
        for _ in range(20):
            site.pass_time(seconds=5)
            site.receiver.tick()
    tray.writable = True
    site.pass_time(minutes=10)
    site.receiver.tick()
    site.send()
    peer.collect()

    put_off = [each for each in logs if each["event"] == "arrival put off"]
    assert (len(put_off), site.inbox()) == (1, [("applied", "")])
    assert (peer.texts(), peer.copies) == (["a"], 1)
    assert list((spool / "court/in/service").iterdir()) == []


def test_a_truncated_parcel_is_quarantined_and_the_whole_one_applied(
    site: Site, peer: PeerSite, spool: Path
) -> None:
    whole = peer.seal(peer.draft("a")).data
    (spool / "court/in/service/00.parcel").write_bytes(whole[:-10])
    site.receive()
    peer.send(whole)
    site.receive()

    assert site.inbox() == [("applied", "")]


@pytest.mark.parametrize("address", ["", "ftp://a", "nats://a, http://b"])
def test_an_address_without_carrier_ends_the_start(
    site: Site, settings: Settings, address: str
) -> None:
    settings.XIEZHI_EXCHANGE_TRANSPORT = address

    with pytest.raises(ImproperlyConfigured):
        choose().prepare(["service"])
