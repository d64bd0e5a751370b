"""The broker as carrier: locks, limits, lost streams, and which peer goes by it."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import BinaryIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_django.fixtures import Settings

from xiezhi.exchange.tests.nats_servers import (
    PASSWORD,
    USER,
    Server,
    access,
    free_ports,
    running,
)
from xiezhi.exchange.tests.test_transports import contents
from xiezhi.exchange.tests.waiting import succeeds, until
from xiezhi.exchange.transports import Lane
from xiezhi.exchange.transports.chosen import choose
from xiezhi.exchange.transports.nats import NatsTransport
from xiezhi.exchange.transports.nats_wire import Access
from xiezhi.exchange.transports.spool import SpoolTransport


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Run a broker of the test's own."""
    server = Server(tmp_path / "n", free_ports(1)[0])
    with running([server]):
        yield server


@pytest.fixture
def open_way() -> Iterator[Callable[[str, Access], NatsTransport]]:
    """Make transports that are closed in the end."""
    opened: list[NatsTransport] = []

    def make(own: str, to: Access) -> NatsTransport:
        opened.append(transport := NatsTransport(own, to, ack_wait=1.0))
        return transport

    yield make
    for each in opened:
        each.close()


Open = Callable[[str, Access], NatsTransport]


@pytest.fixture
def court(server: Server, open_way: Open) -> NatsTransport:
    """Connect the court."""
    court = open_way("court", access(server))
    court.prepare(["service"])
    return court


def test_acknowledged_parcels_survive_the_kill_of_the_broker(
    server: Server, court: NatsTransport, open_way: Open
) -> None:
    court.put("service", [b"a", b"b"])
    server.kill()
    with pytest.raises(OSError):  # noqa: PT011 - any error of the port
        open_way("service", access(server)).arrived("court", Lane.PARCEL, 64)
    server.start()
    until(lambda: succeeds(lambda: court.put("service", [b"c"])))

    service = open_way("service", access(server))
    service.prepare(["court"])

    found = until_arrived(service, 3)
    assert found[:3] == [b"a", b"b", b"c"]


def until_arrived(transport: NatsTransport, wanted: int) -> list[bytes]:
    """Read what the court sent, once it is here."""
    until(lambda: len(transport.arrived("court", Lane.PARCEL, 64)) >= wanted)
    return contents(transport.arrived("court", Lane.PARCEL, 64))


def test_a_wrong_password_is_an_error_that_does_not_tell_it(server: Server, open_way: Open) -> None:
    wrong = Access((server.url,), user=USER, password="guessed")
    told: list[str] = []

    def reason_is_told() -> bool:
        # A server may close before its reason is read: then the next try tells it.
        with pytest.raises(OSError) as caught:  # noqa: PT011 - any error of the port
            open_way("court", wrong).prepare(["service"])
        told.append(str(caught.value))
        return "Authorization" in told[-1]

    until(reason_is_told)

    assert "guessed" not in " ".join([*told, repr(wrong)])


def test_bulk_above_the_limit_is_refused_and_nothing_sent(court: NatsTransport) -> None:
    with pytest.raises(OSError, match="larger than"):
        court.put_bulk("service", "0199", lambda file: _write(file, 17 << 20))

    assert court.backlog("service").files == 0


def _write(file: BinaryIO, size: int) -> None:
    file.write(bytes(size))


@pytest.mark.parametrize("name", ["", "a.b", "*", "a b", "x" * 65])
def test_a_name_that_is_no_token_is_refused(court: NatsTransport, name: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(name)):
        court.put_bulk("service", name, lambda file: _write(file, 1))


def test_lost_streams_are_made_again(server: Server, court: NatsTransport, tmp_path: Path) -> None:
    server.stop()
    server.home = tmp_path / "another"
    server.start()
    until(lambda: succeeds(lambda: court.backlog("service")) or _mended(court))
    court.put("service", [b"a"])

    assert court.backlog("service").parcels.files == 1


def _mended(court: NatsTransport) -> bool:
    """Do what the exchange process does every few seconds; the next look tells whether it did."""
    succeeds(lambda: court.prepare(["service"]))
    return False


def test_settings_choose_a_carrier_for_each_peer(
    server: Server, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    settings.XIEZHI_HOME, settings.XIEZHI_SITE = tmp_path, "court"
    settings.XIEZHI_EXCHANGE_TRANSPORTS = {"bank": server.url}
    settings.XIEZHI_EXCHANGE_NATS = {"user": USER, "password_file": str(tmp_path / "password")}
    ways = choose()
    ways.prepare(["service", "bank"])
    ways.put("service", [b"a"])
    ways.put("bank", [b"b", b"c"])

    counts = (ways.backlog("service").files, ways.backlog("bank").files)
    ways.close()

    assert counts == (1, 2)
    assert SpoolTransport(tmp_path / "spool", "court").backlog("service").files == 1


def test_one_carrier_out_of_order_keeps_no_other_from_its_peer(
    settings: Settings, tmp_path: Path
) -> None:
    settings.XIEZHI_HOME, settings.XIEZHI_SITE = tmp_path, "court"
    settings.XIEZHI_EXCHANGE_TRANSPORTS = {"bank": f"nats://127.0.0.1:{free_ports(1)[0]}"}
    ways = choose()
    with pytest.raises(OSError):  # noqa: PT011 - any error of the port
        ways.prepare(["bank", "service"])
    ways.put("service", [b"a"])
    ways.close()

    assert SpoolTransport(tmp_path / "spool", "court").backlog("service").files == 1


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Make a certificate of 127.0.0.1 that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "broker")])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = (tmp_path / "cert.pem", tmp_path / "key.pem")
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


def test_the_broker_is_known_by_its_certificate(
    certificate: tuple[Path, Path], tmp_path: Path, open_way: Open
) -> None:
    words = ("--tls", "--tlscert", str(certificate[0]), "--tlskey", str(certificate[1]))
    server = Server(tmp_path / "n", free_ports(1)[0], words)
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    address = (server.url.replace("nats", "tls"),)
    with running([server]):
        known = open_way("court", Access(address, USER, PASSWORD, trusting))
        known.prepare(["service"])
        unknown = Access(address, USER, PASSWORD, ssl.create_default_context())
        with pytest.raises(OSError, match="certificate"):
            open_way("service", unknown).prepare(["court"])
