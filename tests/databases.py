"""One throw-away PostgreSQL per test run: migrated once, copied for every worker."""

import contextlib
import fcntl
import json
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from xiezhi.sites.run import roles
from xiezhi.sites.run.binaries import cache_for, find_binaries
from xiezhi.sites.run.children import Account
from xiezhi.sites.run.postgres import Cluster, prepare_socket_folder

_RUN = "XIEZHI_TEST_RUN"  # how a worker finds the run that its controller began
_TEMPLATE = "xiezhi_template"


@dataclass
class TestRun:
    """Folder, cluster and passwords that all processes of one pytest run share."""

    __test__ = False

    home: Path
    site: str
    passwords: dict[str, str]
    cluster: Cluster

    @classmethod
    def current(cls, site: str) -> Self:
        """Return the run of this process: the controller's, or a new one."""
        told = os.environ.get(_RUN)
        if told is None:
            home = Path(tempfile.mkdtemp(prefix="xz-"))
            home.chmod(0o711)  # the server's account passes through, to its own folder below
            names = (roles.OWNER, roles.APP, "superuser")
            passwords = {name: secrets.token_hex(12) for name in names}
            told = json.dumps({"home": str(home), "passwords": passwords})
            os.environ[_RUN] = told
        run = json.loads(told)
        home = Path(run["home"])
        cluster = Cluster(
            data=home / "server/pg",
            sockets=home / "server/run",
            log=home / "postgres.log",
            binaries=find_binaries(cache_for(Path.home() / ".cache/xiezhi")),
            account=_nobody() if os.geteuid() == 0 else None,
            lossy=True,
        )
        return cls(home, site, run["passwords"], cluster)

    @property
    def worker(self) -> str:
        """Return the name of this process among the run's workers."""
        return os.environ.get("PYTEST_XDIST_WORKER", "main")

    @property
    def database(self) -> str:
        """Return the name of this worker's own database."""
        return f"xiezhi_{self.worker}"

    def environ(self, database: str) -> dict[str, str]:
        """Return what the settings of the site read, pointing at ``database`` of this run."""
        name = f"DATABASE_URL_{self.site.upper()}"
        return {
            "XIEZHI_SITE": self.site,
            "XIEZHI_HOME": str(self.home / self.worker),
            "XIEZHI_DB_POOL": "0",
            "DJANGO_SETTINGS_MODULE": f"xiezhi.sites.{self.site}.settings",
            name: self.cluster.url(roles.APP, self.passwords[roles.APP], database),
            f"{name}_OWNER": self.cluster.url(roles.OWNER, self.passwords[roles.OWNER], database),
        }

    def start(self) -> None:
        """Make and start the cluster, in the process that lives longest."""
        folder = self.home / "server"
        folder.mkdir(mode=0o700, exist_ok=True)
        account = self.cluster.account
        if account is not None:
            os.chown(folder, account.uid, account.gid)
        prepare_socket_folder(self.cluster.sockets, account)
        superuser = self.passwords["superuser"]
        self.cluster.create(superuser)
        self.cluster.start()
        self.cluster.wait(superuser)
        with self.cluster.connect(superuser) as connection:
            roles.create_roles(
                connection, owner=self.passwords[roles.OWNER], app=self.passwords[roles.APP]
            )

    def stop(self) -> None:
        """Stop the cluster and remove everything the run left."""
        self.cluster.stop()
        if self.cluster.sockets.parent != self.home / "server":
            shutil.rmtree(self.cluster.sockets, ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def create_database(self) -> None:
        """Give this worker its database, migrating the template if nobody has yet."""
        self._migrate_template()
        self.restore()

    def restore(self) -> None:
        """Bring this worker's database back to the state just after the migrations."""
        with self.cluster.connect(self.passwords["superuser"]) as connection, self._lock("copy"):
            roles.copy_database(connection, template=_TEMPLATE, name=self.database)

    def create_twin(self) -> str:
        """Make a second migrated database for this worker and return its name."""
        name = f"{self.database}_twin"
        with self.cluster.connect(self.passwords["superuser"]) as connection, self._lock("copy"):
            roles.copy_database(connection, template=_TEMPLATE, name=name)
        return name

    def _migrate_template(self) -> None:
        done = self.home / "template.done"
        with self._lock("template"):
            if done.exists():
                return
            roles.create_database(self.cluster, self.passwords["superuser"], _TEMPLATE)
            env = os.environ | self.environ(_TEMPLATE) | {"XIEZHI_DB_ROLE": "owner"}
            argv = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
            result = subprocess.run(
                argv,
                env=env,
                cwd=Path(__file__).parents[1],
                capture_output=True,
                text=True,
                check=False,
            )
            if result.returncode != 0:
                raise RuntimeError(result.stdout + result.stderr)
            done.touch()

    @contextlib.contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        """Hold a lock between the workers: a template being copied must have no second reader."""
        with (self.home / f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _nobody() -> Account:
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
