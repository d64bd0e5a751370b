"""One PostgreSQL cluster as our own child: made, started, watched and stopped by us."""

import contextlib
import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from xiezhi.sites.run import children
from xiezhi.sites.run.binaries import Binaries

SUPERUSER = "postgres"
_SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_LIMIT = 107  # bytes of sun_path on Linux, the ending zero taken off
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "log_timezone": "UTC",
    "timezone": "UTC",
    # A statement that fails, and the row it names, would put names and passwords' hashes there.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_FAST_AND_LOSSY = {"fsync": "off", "full_page_writes": "off"}


class ClusterFaultError(Exception):
    """Say that a cluster could not be made or did not start."""


@dataclass
class Cluster:
    """A cluster in ``data``, reached through a socket in ``sockets``, running as ``account``.

    ``settings`` are given to the server besides our own. ``lossy`` trades safety at a power cut
    for speed: for tests only.
    """

    data: Path
    sockets: Path
    log: Path
    binaries: Binaries
    account: children.Account | None = None
    lossy: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.sockets = socket_folder(self.sockets)

    @property
    def exists(self) -> bool:
        """Return whether the cluster was made before."""
        return (self.data / "PG_VERSION").exists()

    def create(self, password: str) -> None:
        """Make an empty cluster whose superuser has ``password``. Refuses: ``ClusterFaultError``.

        A half-made folder of an earlier, interrupted try is removed first.
        """
        fresh = self.data.with_name(f"{self.data.name}.new")
        self._remove(fresh)
        fresh.mkdir(mode=0o700)
        secret = fresh.with_name("initdb.secret")
        secret.unlink(missing_ok=True)
        with open(secret, "w", opener=_private) as file:
            file.write(password)
        self._own(fresh, secret)
        argv = [self.program("initdb"), "--pgdata", str(fresh), "--username", SUPERUSER]
        argv += ["--pwfile", str(secret), "--auth", "scram-sha-256", "--encoding", "UTF8"]
        argv += ["--locale", "C.UTF-8", "--no-instructions"]
        argv += ["--no-sync"] if self.lossy else []
        done = children.run(argv, env=self._env(), account=self.account)
        secret.unlink()
        if done.returncode != 0:
            raise ClusterFaultError(done.stderr or done.stdout)
        fresh.rename(self.data)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server without waiting for it. Refuses: ``ClusterFaultError``."""
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != self.binaries.major:
            message = f"{self.data} 由 PostgreSQL {made_by} 建立，{self.binaries.label} 不能打开。"
            raise ClusterFaultError(message)
        settings = _SETTINGS | {"unix_socket_directories": str(self.sockets)}
        settings |= _FAST_AND_LOSSY if self.lossy else {}
        settings |= self.settings
        argv = [self.program("postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            argv += ["-c", f"{name}={value}"]
        self.process = children.start(
            argv, env=self._env(), log=self.log, account=self.account, death=signal.SIGINT
        )
        return self.process

    def wait(self, password: str, *, patience: float = 60.0) -> None:
        """Return when the server answers; start it again when it gave up on another's leftovers.

        After a kill the last server's children may hold the shared memory for a moment more.
        Refuses: ``ClusterFaultError``.
        """
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                self.start()
            with contextlib.suppress(psycopg.OperationalError):
                self.connect(password).close()
                return
            time.sleep(0.03)
        tail = self.log.read_text(errors="replace")[-2000:]
        raise ClusterFaultError(tail)

    def stop(self, *, patience: float = 20.0) -> None:
        """End the server the quick clean way: open transactions are rolled back."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            children.ended(self.process, patience=patience)
            self.process = None

    def connect(
        self, password: str, *, user: str = SUPERUSER, database: str = "postgres"
    ) -> psycopg.Connection:
        """Open a connection of our own, each statement its own transaction."""
        return psycopg.connect(
            host=str(self.sockets),
            user=user,
            password=password,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def url(self, user: str, password: str, database: str) -> str:
        """Return the address in libpq's form."""
        return address(self.sockets, user, password, database)

    def program(self, name: str) -> str:
        """Return the path of a program that belongs to the server's version."""
        return str(self.binaries.folder / name)

    def _env(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def _own(self, *paths: Path) -> None:
        if self.account is not None:
            for path in paths:
                os.chown(path, self.account.uid, self.account.gid)

    def _remove(self, folder: Path) -> None:
        if folder.exists():
            children.run(["rm", "-rf", str(folder)], env=self._env())


def address(sockets: Path, user: str, password: str, database: str) -> str:
    """Return the address of a database behind a socket in libpq's form."""
    host = str(sockets).replace("%", "%25").replace("/", "%2F")
    return f"postgresql://{user}:{password}@/{database}?host={host}"


def socket_folder(wanted: Path) -> Path:
    """Return ``wanted``, or a short folder in its place when a socket's path there is too long.

    The short name is fixed by ``wanted``, so that every process finds the same one.
    """
    if len(os.fsencode(wanted / _SOCKET_NAME)) <= _SOCKET_LIMIT:
        return wanted
    mark = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    base = Path("/run") if os.geteuid() == 0 else Path(os.environ.get("XDG_RUNTIME_DIR", "/tmp"))  # noqa: S108  # made 0700 and checked by its owner
    return base / f"xiezhi-{os.geteuid()}-{mark}"


def prepare_socket_folder(folder: Path, account: children.Account | None) -> None:
    """Make ``folder`` for ``account`` alone.

    Refuses: ``ClusterFaultError`` when it belongs to another.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    uid = os.geteuid() if account is None else account.uid
    if account is not None and folder.stat().st_uid in {0, uid}:
        os.chown(folder, account.uid, account.gid)
    if folder.is_symlink() or folder.stat().st_uid != uid:
        message = f"套接字目录 {folder} 属于其他用户，拒绝使用。"
        raise ClusterFaultError(message)
    folder.chmod(0o700)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_EXCL, 0o600)
