"""The court site under test, and the service site as its peer on the wire."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.fixtures import Settings

from xiezhi.contracts.messages import REGISTRY
from xiezhi.contracts.traffic import IN, OUT, TRAFFIC
from xiezhi.exchange import handlers
from xiezhi.exchange.tests.books import Books
from xiezhi.exchange.tests.fresh import copied
from xiezhi.exchange.tests.notes import AT, FAULTS, SEEN, Note, answer
from xiezhi.exchange.tests.pages import Pages
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site, make_site
from xiezhi.exchange.tests.twins import Pair, open_twin, pair
from xiezhi.security.keys import KeyRing, create_keys, forget
from xiezhi.security.keys.peers import export_identities, pin_peer


@pytest.fixture(scope="session")
def key_directories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make the keys of both sites once and pin each at the other."""
    root = tmp_path_factory.mktemp("sites")
    folders = {name: root / name / "keys" for name in ("service", "court")}
    rings = {name: create_keys(folder, AT - timedelta(days=1)) for name, folder in folders.items()}
    pin_peer(folders["court"], export_identities(rings["service"]))
    pin_peer(folders["service"], export_identities(rings["court"]))
    return folders


@pytest.fixture(scope="session")
def quick_keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make keys of the international suite, for thousands of histories."""
    root = tmp_path_factory.mktemp("quick")
    folders = {name: root / name / "keys" for name in ("service", "court")}
    began = AT - timedelta(days=30)
    rings = {
        name: create_keys(folder, began, algorithm="international")
        for name, folder in folders.items()
    }
    pin_peer(folders["court"], export_identities(rings["service"]))
    pin_peer(folders["service"], export_identities(rings["court"]))
    return folders


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    """Give the directory of all trays."""
    return tmp_path / "spool"


@pytest.fixture
def note() -> Iterator[None]:
    """Release the message of these tests and its handler, for the time of a test."""
    REGISTRY[(Note.TYPE, Note.VERSION)] = Note
    TRAFFIC[Note.TYPE] = frozenset({*IN, *OUT})
    handlers.handles(Note)(answer)
    yield
    del REGISTRY[(Note.TYPE, Note.VERSION)], TRAFFIC[Note.TYPE]
    handlers.forget(Note)
    FAULTS.clear()
    SEEN.clear()


@pytest.fixture
def court_keys(key_directories: dict[str, Path], settings: Settings) -> Iterator[None]:
    """Make the process the court's, with the court's keys."""
    settings.XIEZHI_SITE = "court"
    settings.XIEZHI_SITE_DIRECTORY = key_directories["court"].parent
    forget()
    yield
    forget()


@pytest.fixture
def both(
    key_directories: dict[str, Path], spool: Path, court_keys: None, note: None, db: None
) -> tuple[Site, PeerSite]:
    """Give the court site and its peer on the wire."""
    return make_site(key_directories, spool)


@pytest.fixture
def site(both: tuple[Site, PeerSite]) -> Site:
    """Give the court site: its relay and receiver on a clock of the test's own."""
    return both[0]


@pytest.fixture
def peer(both: tuple[Site, PeerSite]) -> PeerSite:
    """Give the service site as the wire knows it."""
    return both[1]


@pytest.fixture
def pages(settings: Settings) -> Pages:
    """Give the operators' pages of a site with one peer, seen by an operator."""
    settings.XIEZHI_PEERS = ["service"]
    settings.XIEZHI_SHELL = "xiezhi.foundation.pages.shell.plain_portal"
    return Pages()


@pytest.fixture(scope="session")
def twin_wrapper(twin_database: str) -> Iterator[BaseDatabaseWrapper]:
    """Connect to a second database, for the other site."""
    wrapper = open_twin(twin_database)
    yield wrapper
    wrapper.close()


@pytest.fixture
def twins(  # noqa: PLR0917 - fixtures are asked for by name
    twin_wrapper: BaseDatabaseWrapper,
    key_directories: dict[str, Path],
    court_keys: None,
    spool: Path,
    note: None,
    db: None,
) -> Iterator[Pair]:
    """Give two whole sites and the ferry between them."""
    with pair(twin_wrapper, key_directories, spool) as both_sites:
        yield both_sites


@pytest.fixture
def sent(peer: PeerSite) -> Books:
    """Give the peer's books of what it sent on the day."""
    return Books(peer)


@pytest.fixture
def received(peer: PeerSite) -> Books:
    """Give the peer's books of what it received of the court on the day."""
    return Books(peer)


@pytest.fixture
def fresh_keys(
    key_directories: dict[str, Path], court_keys: None, settings: Settings, tmp_path: Path
) -> Iterator[dict[str, Path]]:
    """Make the process the court's, with keys of both sites of the test's own."""
    own = copied(key_directories, tmp_path)
    settings.XIEZHI_SITE_DIRECTORY = own["court"].parent
    settings.XIEZHI_PEERS = ["service"]
    forget()
    yield own
    forget()


@pytest.fixture
def court(fresh_keys: dict[str, Path]) -> Path:
    """Give the court's keys, to be turned."""
    return fresh_keys["court"]


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    """Make the keys of a bank, which nobody knows."""
    folder = tmp_path_factory.mktemp("bank") / "bank" / "keys"
    return create_keys(folder, AT - timedelta(days=1), algorithm="international")
