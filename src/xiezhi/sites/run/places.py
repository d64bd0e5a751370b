"""Where everything of one installation lies on disk."""

import fcntl
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

REPOSITORY = Path(__file__).resolve().parents[4]
SITES = ("service", "court")


class AlreadyRunningError(Exception):
    """Say that another supervisor holds this home."""


@dataclass(frozen=True)
class SiteHome:
    """The folders of one site below the home."""

    name: str
    root: Path

    @property
    def cluster(self) -> Path:
        """Return the folder of the database cluster."""
        return self.root / "pg"

    @property
    def keys(self) -> Path:
        """Return the folder of keys and passwords."""
        return self.root / "keys"

    @property
    def sockets(self) -> Path:
        """Return the folder of the database's socket."""
        return self.root / "run"

    @property
    def log(self) -> Path:
        """Return the folder of the logs."""
        return self.root / "log"

    @property
    def private(self) -> tuple[Path, ...]:
        """Return all folders that belong to the site's account alone."""
        return (self.root, self.keys, self.root / "blobs", self.log, self.sockets)


@dataclass(frozen=True)
class Home:
    """The folder that holds all sites of one installation."""

    root: Path

    def site(self, name: str) -> SiteHome:
        """Return the folders of the site ``name``."""
        return SiteHome(name, self.root / name)

    @property
    def spool(self) -> Path:
        """Return the folder whose trays the ferry empties and fills."""
        return self.root / "spool"

    @property
    def demo_accounts(self) -> Path:
        """Return the file that the demonstration city writes last."""
        return self.root / "demo-accounts.txt"

    @property
    def state(self) -> Path:
        """Return the file that says which processes run now."""
        return self.root / "run.json"

    def trays(self, site: str) -> tuple[Path, ...]:
        """Return the exchange folders of ``site``, each peer's tray among them."""
        own = self.spool / site
        peers = [peer for peer in SITES if peer != site]
        ways = (own / "out", own / "in")
        return (own, *ways, *(way / peer for way in ways for peer in peers))

    def lock(self) -> TextIO:
        """Hold the home for this process as long as the returned file is open.

        Refuses: ``AlreadyRunningError``.
        """
        file = (self.root / "supervisor.lock").open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            running = file.read().strip()
            file.close()
            message = f"{self.root} 已由另一个监督进程（{running}）运行。"
            raise AlreadyRunningError(message) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        return file


def default_home() -> Path:
    """Return the home when none is named: beside the code if other accounts can reach it there."""
    named = os.environ.get("XIEZHI_HOME")
    if named:
        return Path(named).resolve()
    if os.geteuid() != 0 or open_to_all(REPOSITORY):
        return REPOSITORY / "var"
    mark = hashlib.sha256(os.fsencode(REPOSITORY)).hexdigest()[:12]
    return Path("/var/lib/xiezhi") / mark


def open_to_all(path: Path) -> bool:
    """Return whether every account may pass through ``path`` and all folders above it."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))
