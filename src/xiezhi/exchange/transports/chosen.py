"""Which carrier goes to which peer, as the site's settings say."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from xiezhi.exchange.transports.nats import NatsTransport
from xiezhi.exchange.transports.nats_wire import Access
from xiezhi.exchange.transports.port import Arrived, Backlog, FerryWord, Lane, Transport
from xiezhi.exchange.transports.spool import SpoolTransport

SPOOL: Final = "spool"
_SCHEMES: Final = ("nats://", "tls://")


class Chosen:
    """One transport that hands each peer to the carrier of its address."""

    def __init__(self, address_of: Callable[[str], str], make: Callable[[str], Transport]) -> None:
        """Keep how to find an address and how to make its carrier."""
        self._address_of, self._make = address_of, make
        self._carriers: dict[str, Transport] = {}
        self._lock = Lock()

    def prepare(self, peers: Sequence[str]) -> None:
        """Prepare each peer with its carrier; the first fault is raised when all were tried."""
        faults = []
        for peer in peers:
            try:
                self._to(peer).prepare([peer])
            except OSError as fault:
                faults.append(fault)
        if faults:
            raise faults[0]

    def put(self, peer: str, parcels: Sequence[bytes]) -> None:
        """Hand parcels over."""
        self._to(peer).put(peer, parcels)

    def put_bulk(self, peer: str, name: str, write: Callable[[BinaryIO], None]) -> None:
        """Hand one bulk file over."""
        self._to(peer).put_bulk(peer, name, write)

    def arrived(self, peer: str, lane: Lane, limit: int) -> list[Arrived]:
        """List what has arrived."""
        return self._to(peer).arrived(peer, lane, limit)

    def discard(self, arrived: Sequence[Arrived]) -> None:
        """Remove what has been dealt with."""
        for each in arrived:
            self._to(each.peer).discard([each])

    def backlog(self, peer: str) -> Backlog:
        """Measure what was not yet taken."""
        return self._to(peer).backlog(peer)

    def ferry_word(self, peer: str) -> FerryWord | None:
        """Give the ferry's last word."""
        return self._to(peer).ferry_word(peer)

    def close(self) -> None:
        """Let go of every carrier."""
        with self._lock:
            for each in self._carriers.values():
                each.close()
            self._carriers.clear()

    def _to(self, peer: str) -> Transport:
        address = self._address_of(peer)
        with self._lock:
            if address not in self._carriers:
                self._carriers[address] = self._make(address)
            return self._carriers[address]


def choose() -> Chosen:
    """Make the transport of this site's settings. Refuses: ``ImproperlyConfigured``, when used."""
    per_peer: Mapping[str, str] = getattr(settings, "XIEZHI_EXCHANGE_TRANSPORTS", {})
    default: str = getattr(settings, "XIEZHI_EXCHANGE_TRANSPORT", SPOOL)
    return Chosen(lambda peer: per_peer.get(peer, default), _carrier)


@cache
def transport() -> Transport:
    """Return the transport of this process, to look at; the exchange process has its own."""
    return choose()


def _carrier(address: str) -> Transport:
    if address == SPOOL:
        return SpoolTransport(Path(settings.XIEZHI_HOME) / "spool", settings.XIEZHI_SITE)
    servers = tuple(each.strip() for each in address.split(",") if each.strip())
    if not servers or not all(each.startswith(_SCHEMES) for each in servers):
        raise ImproperlyConfigured("a transport is 'spool', or nats:// or tls:// addresses")
    return NatsTransport(settings.XIEZHI_SITE, _access(servers))


def _access(servers: tuple[str, ...]) -> Access:
    given: Mapping[str, str] = getattr(settings, "XIEZHI_EXCHANGE_NATS", {})
    tls = None
    if authority := given.get("ca"):
        tls = ssl.create_default_context(cafile=authority)
        if certificate := given.get("cert"):
            tls.load_cert_chain(certificate, given.get("key"))
    secret = given.get("password_file")
    return Access(
        servers=servers,
        user=given.get("user", ""),
        password=Path(secret).read_text().strip() if secret else "",
        tls=tls,
        replicas=int(given.get("replicas", "1")),
    )
