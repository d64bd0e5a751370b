"""A court site with a database and stored files of its own, to be backed up and restored."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from tests.databases import TestRun
from tests.plumbing.conftest import database_account
from xiezhi.security.keys import create_keys
from xiezhi.sites.continuity.place import Place
from xiezhi.sites.continuity.store import Store
from xiezhi.sites.run import roles
from xiezhi.sites.run.databases import SiteDatabase
from xiezhi.sites.run.places import SITES, Home
from xiezhi.sites.run.postgres import SUPERUSER, Cluster
from xiezhi.sites.run.users import Accounts, prepare_folders

ROOT = Path(__file__).parents[2]


@dataclass
class CourtSite:
    """The site, its cluster and its database; ``between`` is a moment that a test asks for."""

    place: Place
    cluster: Cluster
    database: SiteDatabase
    between: datetime = field(init=False)

    def fill(self, count: int) -> None:
        """Store ``count`` files and post as many messages through the site's own code."""
        subprocess.run(
            [sys.executable, "-m", "tests.plumbing.fill", str(count)],
            env=self.place.environ() | self.database.environ(),
            cwd=ROOT,
            check=True,
        )

    def connect(self) -> psycopg.Connection:
        """Open a connection to the site's database as the superuser."""
        return self.cluster.connect(self.database.passwords["superuser"], database=roles.DATABASE)

    def value(self, statement: bytes) -> Any:
        """Ask the database for one value."""
        with self.connect() as connection:
            row = connection.execute(statement).fetchone()
        return None if row is None else row[0]

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start whatever cluster is in the site's place now, for the time of a block."""
        self.cluster.start()
        self.cluster.wait(self.database.passwords["superuser"])
        try:
            yield
        finally:
            self.cluster.stop()


def court_site(root: Path) -> CourtSite:
    """Lay out a court site below ``root``, its database made but empty and not running."""
    home = Home(root / "home")
    account = database_account()
    nobody: dict[str, Any] = dict.fromkeys(SITES)
    accounts = Accounts(dict.fromkeys(SITES, account), nobody, None, "")
    prepare_folders(home, accounts)
    place = Place(home, "court", Store(root / "backups/court"), accounts, lossy=True)
    create_keys(place.folders.keys, datetime.now(UTC) - timedelta(days=1), site="court")
    cluster = place.cluster()
    database = place.database(cluster)
    cluster.create(database.passwords["superuser"])
    return CourtSite(place, cluster, database)


def provide_tables(site: CourtSite, run: TestRun) -> None:
    """Give the running site the tables of this test run's migrated database."""
    superuser = site.database.passwords["superuser"]
    with site.cluster.connect(superuser) as connection:
        passwords = site.database.passwords
        roles.create_roles(connection, owner=passwords[roles.OWNER], app=passwords[roles.APP])
    roles.create_database(site.cluster, superuser)
    program, env = site.cluster.program, {"PATH": os.defpath}
    there = ["-h", str(run.cluster.sockets), "-U", SUPERUSER, run.database]
    dump = subprocess.run(
        [program("pg_dump"), *there],
        env=env | {"PGPASSWORD": run.passwords["superuser"]},
        check=True,
        capture_output=True,
    )
    here = ["-h", str(site.cluster.sockets), "-U", SUPERUSER, "-q", roles.DATABASE]
    subprocess.run(
        [program("psql"), *here],
        input=dump.stdout,
        env=env | {"PGPASSWORD": superuser},
        check=True,
        capture_output=True,
    )
    (site.cluster.data / "xiezhi.ready").touch()
