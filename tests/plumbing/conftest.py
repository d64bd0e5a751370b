"""A cluster and children of one's own, ended after each test."""

import os
import pwd
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from xiezhi.sites.run.binaries import cache_for, find_binaries
from xiezhi.sites.run.children import Account
from xiezhi.sites.run.postgres import Cluster, prepare_socket_folder

SUPERUSER = "only-for-this-test"


@pytest.fixture
def place() -> Iterator[Path]:
    """Give a short folder that the database's account may pass through."""
    with tempfile.TemporaryDirectory(prefix="xz-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@pytest.fixture
def cluster(place: Path) -> Iterator[Cluster]:
    """Give a fresh cluster that has not been started."""
    account = database_account()
    made = new_cluster(place / "site", account)
    made.create(SUPERUSER)
    yield made
    made.stop()


def new_cluster(root: Path, account: Account | None) -> Cluster:
    """Describe a cluster below ``root``, which ``account`` alone may enter."""
    prepare_socket_folder(root, account)
    made = Cluster(
        data=root / "pg",
        sockets=root / "run",
        log=root / "postgres.log",
        binaries=find_binaries(cache_for(Path.home() / ".cache/xiezhi")),
        account=account,
        lossy=True,
    )
    prepare_socket_folder(made.sockets, account)
    return made


def database_account() -> Account | None:
    """Return the account that a database drops to when the tests run as root."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
