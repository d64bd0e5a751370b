"""Where the backups of one site lie, and who owns what there.

``<backup home>/<site>/``: ``<time>/`` one backup each (``manifest.json``, ``base/``, ``files.gz``),
``wal/`` the archived log, ``blobs/`` every stored file once, ``drills/`` the results of drills.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from xiezhi.sites.continuity.faults import ContinuityFaultError
from xiezhi.sites.continuity.manifest import FILE, Manifest, read_manifest
from xiezhi.sites.run.children import Account
from xiezhi.sites.run.places import Home

UNFINISHED: Final = ".new"
_NAME: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Store:
    """The backups of one site below ``root``."""

    root: Path

    @property
    def wal(self) -> Path:
        """Return the archive of the log."""
        return self.root / "wal"

    @property
    def blobs(self) -> Path:
        """Return the folder of stored files, named as the site names them."""
        return self.root / "blobs"

    @property
    def drills(self) -> Path:
        """Return the folder of the drills' results."""
        return self.root / "drills"

    def prepare(self, account: Account | None) -> None:
        """Make the folders; the log's belongs to the database's account. Idempotent.

        With root the others stay root's and the site's account may only pass. The copied files
        keep their owner: against a hostile account the backup belongs on another machine.
        """
        mode = 0o711 if os.geteuid() == 0 else 0o700
        for folder in (self.root.parent, self.root, self.blobs, self.drills):
            if not folder.is_dir():
                folder.mkdir(parents=True, mode=mode)
                folder.chmod(mode)
        self.wal.mkdir(mode=0o700, exist_ok=True)
        give(self.wal, account)

    def folders(self) -> list[Path]:
        """List the finished backups, oldest first."""
        return sorted(path.parent for path in self.root.glob(f"*/{FILE}") if finished(path.parent))

    def newest(self, *, before: datetime | None = None, name: str = "") -> Path:
        """Return the newest backup, or that called ``name``.

        ``before`` asks for one that was finished by then. Refuses: ``ContinuityFaultError``.
        """
        found = self.folders()
        if name:
            found = [folder for folder in found if folder.name == name]
        if before is not None:
            found = [folder for folder in found if read_manifest(folder).finished_at <= before]
        if not found:
            which = f"名为 {name} 的" if name else "可用的"
            raise ContinuityFaultError(f"{self.root} 中没有{which}备份。")
        return found[-1]

    def manifests(self) -> Sequence[Manifest]:
        """Read the manifests of all finished backups, oldest first."""
        return [read_manifest(folder) for folder in self.folders()]


def store_of(home: Home, site: str, backup_home: Path | None) -> Store:
    """Return the store of ``site``: below ``backup_home``, else in the site's own folder."""
    told = os.environ.get("XIEZHI_BACKUP_HOME")
    chosen = backup_home or (Path(told) if told else None)
    return Store((chosen / site if chosen else home.site(site).root / "backup").resolve())


def name_of(at: datetime) -> str:
    """Name a backup, or what is moved aside, by its time."""
    return at.astimezone(UTC).strftime(_NAME)


def finished(folder: Path) -> bool:
    """Return whether a backup was brought to its end."""
    return not folder.name.endswith(UNFINISHED)


def give(path: Path, account: Account | None) -> None:
    """Hand one file or folder to ``account``."""
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def sync(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
