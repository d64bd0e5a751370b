"""Choose the site under test and give each worker a migrated database of its own."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import django
import pytest
from django.conf import settings
from django.test import TestCase, TransactionTestCase
from pytest_django.fixtures import validate_django_db
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import TestRun
from tests.rules import UnknownRowError, claimed, rule_ids
from xiezhi.security.keys import create_keys

ROOT = Path(__file__).parent
SOURCES = ROOT / "src/xiezhi"
SERVICE_ONLY = ("service", "openness", "identity/people", "identity/operators", "sites/service")
Size = Literal["small", "full"]


def _site_under_test() -> str:
    """Return the site named by XIEZHI_SITE, else the one that the given paths belong to."""
    paths = [Path(word.split("::")[0]).resolve() for word in sys.argv[1:]]
    ours = tuple(SOURCES / name for name in SERVICE_ONLY)
    asked = any(path.is_relative_to(folder) for path in paths for folder in ours)
    return os.environ.setdefault("XIEZHI_SITE", "service" if asked else "court")


# At import: an app's own conftest.py may import models, so Django must be ready before it is read.
SITE = _site_under_test()
RUN = TestRun.current(SITE)
if settings.configured:
    raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: the site is chosen by XIEZHI_SITE")
os.environ.update(RUN.environ(RUN.database))
INSTALLED = tuple(settings.INSTALLED_APPS)
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]  # else pytest-django reads it in a worker before us


def pytest_configure(config: pytest.Config) -> None:
    """Start the server here when xdist's workers, which end earlier, are to share it."""
    if getattr(config.option, "numprocesses", None):
        RUN.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove the run's folder, in the process that began them."""
    if not hasattr(config, "workerinput"):
        RUN.stop()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Pass over apps that this site does not install; pure packages are tested on one site."""
    if not collection_path.is_relative_to(SOURCES):
        return None
    other = "court" if SITE == "service" else "service"
    if collection_path.is_relative_to(SOURCES / "sites" / other):
        return True
    app = next(
        (p for p in (collection_path, *collection_path.parents) if (p / "apps.py").exists()), None
    )
    if app is not None:
        name = ".".join(("xiezhi", *app.relative_to(SOURCES).parts))
        return None if _installed(name) else True
    is_test = collection_path.name.startswith("test_")
    return True if SITE == "service" and is_test else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Check the rule each test claims to show; leave the long checks to their own run."""
    known = rule_ids(ROOT / "docs/rules.yaml")
    for item in items:
        for mark in item.iter_markers("rule"):
            try:
                rows = claimed(mark, known)
            except UnknownRowError as fault:
                raise pytest.UsageError(f"{item.nodeid}: {fault}") from None
            item.user_properties.extend(("rule", row) for row in rows)
    if _size() == "small":
        long = [item for item in items if item.get_closest_marker("soak")]
        items[:] = [item for item in items if item not in long]
        config.hook.pytest_deselected(items=long)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> None:  # noqa: ARG001  # asked for its effect
    """Give this worker its database, a copy of the migrated template."""
    if RUN.cluster.process is None and RUN.worker == "main":
        RUN.start()
    RUN.create_database()


@pytest.fixture(scope="session")
def twin_database(django_db_setup: None) -> str:  # noqa: ARG001  # asked for its effect
    """Make a second database beside this worker's, for a second site; return its name."""
    return RUN.create_twin()


class CommittingCase(TransactionTestCase):
    """A test that really commits; afterwards its database is made anew from the template."""

    def _fixture_teardown(self) -> None:
        django.db.connections.close_all()
        RUN.restore()


class WrappedCase(TestCase):
    """A test inside a transaction that is rolled back, without the class-level transaction."""

    @classmethod
    def setUpClass(cls) -> None:
        super(TestCase, cls).setUpClass()

    @classmethod
    def tearDownClass(cls) -> None:
        super(TestCase, cls).tearDownClass()


@pytest.fixture
def _django_db_helper(
    request: pytest.FixtureRequest,
    django_db_setup: None,  # noqa: ARG001  # asked for its effect
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Stand in for pytest-django's fixture of this name, which empties tables as the app role.

    The app role may not truncate, and emptied tables would lose what the migrations wrote.
    """
    marker = request.node.get_closest_marker("django_db")
    committing = {"transactional_db", "live_server"} & set(request.fixturenames)
    if marker is not None and validate_django_db(marker)[0]:
        committing.add("marker")
    case = CommittingCase if committing else WrappedCase
    with django_db_blocker.unblock():
        case.setUpClass()
        test: Any = case(methodName="__init__")
        test._pre_setup()
        yield
        test._post_teardown()
        case.tearDownClass()
        case.doClassCleanups()


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of samples beside the repository; skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no folder of samples beside the repository: {folder.name}")
    return folder


@pytest.fixture(scope="session")
def site_home() -> Path:
    """Return this worker's folder of the site under test: keys, blobs, logs, sockets."""
    return Path(os.environ["XIEZHI_HOME"]) / SITE


@pytest.fixture(scope="session", autouse=True)
def site_keys(site_home: Path) -> Path:
    """Give this worker the keys of its site, valid in every year that tests play in."""
    keys = site_home / "keys"
    create_keys(keys, datetime(2025, 1, 1, tzinfo=UTC), site=SITE)
    return keys


@pytest.fixture(scope="session")
def size() -> Size:
    """Return how long a long check may be: small in make test, full in make soak."""
    return _size()


def _size() -> Size:
    return "full" if os.environ.get("XIEZHI_SIZE") == "full" else "small"


def _installed(name: str) -> bool:
    return any(app == name or app.startswith(f"{name}.apps.") for app in INSTALLED)
