"""One site of an installation as backup and restore meet it: folders, accounts, database."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from xiezhi.sites.continuity.base import Running
from xiezhi.sites.continuity.faults import ContinuityFaultError
from xiezhi.sites.continuity.store import Store, store_of
from xiezhi.sites.run import provision, roles
from xiezhi.sites.run.children import Account
from xiezhi.sites.run.databases import SiteDatabase, cluster_of, passwords_of
from xiezhi.sites.run.places import SITES, AlreadyRunningError, Home, SiteHome, default_home
from xiezhi.sites.run.postgres import Cluster, prepare_socket_folder
from xiezhi.sites.run.probes import listens_at
from xiezhi.sites.run.table import Ports
from xiezhi.sites.run.users import Accounts, choose_accounts


@dataclass(frozen=True)
class Place:
    """One site, its backups, and the accounts that its programs run as.

    ``lossy`` trades safety at a power cut for speed: for tests only.
    """

    home: Home
    site: str
    store: Store
    accounts: Accounts
    lossy: bool = False

    @property
    def folders(self) -> SiteHome:
        """Return the site's own folders."""
        return self.home.site(self.site)

    @property
    def account(self) -> Account | None:
        """Return the account of the database."""
        return self.accounts.databases[self.site]

    def cluster(self, data: Path | None = None) -> Cluster:
        """Describe the site's cluster, or one like it in ``data``, without making it.

        Refuses: ``ContinuityFaultError`` for a database that is not ours.
        """
        if os.environ.get(f"DATABASE_URL_{self.site.upper()}"):
            text = "数据库在别的服务器上，请用那里的工具备份和恢复；本命令只管自带的数据库。"
            raise ContinuityFaultError(text)
        found = cluster_of(self.home, self.folders, self.account)
        return replace(found, data=data or found.data, lossy=self.lossy)

    def database(self, cluster: Cluster) -> SiteDatabase:
        """Describe the site's database in ``cluster``, with the passwords of the key folder."""
        passwords = passwords_of(self.folders, self.account)
        app, owner = (
            cluster.url(role, passwords[role], roles.DATABASE) for role in (roles.APP, roles.OWNER)
        )
        return SiteDatabase(self.site, app, owner, cluster, passwords)

    def environ(self, home: Home | None = None) -> dict[str, str]:
        """Return the environment of the site's management commands, without a database."""
        chosen = home or self.home
        base = provision.base_environ(chosen, Ports.from_environment().environ())
        return provision.site_environ(base, self.site, "continuity")


@contextlib.contextmanager
def running(place: Place) -> Iterator[Running]:
    """Give the site's cluster as it runs; start it for the time of the block if nothing runs.

    Refuses: ``ContinuityFaultError`` when there is no cluster yet.
    """
    if not place.cluster().exists:
        raise ContinuityFaultError(f"{place.folders.cluster} 还没有数据库，没有可备份的内容。")
    cluster = place.cluster()
    found = Running(cluster, place.database(cluster).passwords["superuser"])
    if listens_at(cluster.sockets):
        yield found
        return
    with stopped(place):
        prepare_socket_folder(cluster.sockets, place.account)
        cluster.start()
        try:
            cluster.wait(found.password)
            yield found
        finally:
            cluster.stop()


@contextlib.contextmanager
def stopped(place: Place) -> Iterator[None]:
    """Keep the installation from being started meanwhile.

    Refuses: ``ContinuityFaultError`` when it runs.
    """
    try:
        lock = place.home.lock()
    except AlreadyRunningError as error:
        raise ContinuityFaultError(f"{error}请先停止。") from None
    with lock:
        yield


def arguments(prog: str, description: str) -> argparse.ArgumentParser:
    """Begin the command line that backup, restore and drill share."""
    parser = argparse.ArgumentParser(prog=prog, description=description)
    parser.add_argument("--home", type=Path, help="数据目录（默认 XIEZHI_HOME 或仓库下的 var）")
    parser.add_argument(
        "--backup-home",
        type=Path,
        help="备份目录（默认 XIEZHI_BACKUP_HOME 或各站点目录下的 backup）",
    )
    return parser


def place_of(given: argparse.Namespace, site: str) -> Place:
    """Return the site that the command line means. Refuses: ``ContinuityFaultError``."""
    if site not in SITES:
        raise ContinuityFaultError(f"没有名为 {site} 的站点。")
    home = Home((given.home or default_home()).resolve())
    return Place(home, site, store_of(home, site, given.backup_home), choose_accounts(home.root))
