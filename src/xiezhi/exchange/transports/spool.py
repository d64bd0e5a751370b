"""The spool: directories that a ferry, or any device that copies files, empties and fills.

``<root>/<own>/out/<peer>/`` is written here and emptied by the ferry; ``<root>/<own>/in/<peer>/``
is filled by the ferry and emptied here. A name that begins with a dot is unfinished.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from xiezhi.exchange.transports.port import Arrived, Lane
from xiezhi.foundation.ids import uuid7

# The trays are closed to others by their directories (02770 and a group of the ferry alone), so
# the files themselves may be plain: the ferry renames them without owning them.
TRAY_MODE: Final = 0o2770
FILE_MODE: Final = 0o644


@dataclass(frozen=True, slots=True)
class SpoolFile:
    """One file in the in tray."""

    path: Path
    peer: str
    size: int

    @property
    def name(self) -> str:
        """Name the file."""
        return self.path.name

    def open(self) -> BinaryIO:
        """Open it, following no link."""
        handle = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW)
        return os.fdopen(handle, "rb")


class SpoolTransport:
    """The spool directory of one site."""

    def __init__(self, root: Path, own: str) -> None:
        """Keep the trays' place."""
        self._home = root / own

    def prepare(self, peers: Sequence[str]) -> None:
        """Make the trays of the peers and sweep out what a power cut left half written."""
        for peer in peers:
            for tray in (self._out(peer), self._in(peer)):
                if not tray.is_dir():
                    tray.mkdir(parents=True, exist_ok=True)
                    with suppress(PermissionError):
                        tray.chmod(TRAY_MODE)
            for unfinished in self._out(peer).glob(".*.tmp"):
                unfinished.unlink(missing_ok=True)

    def put(self, peer: str, parcels: Sequence[bytes]) -> None:
        """Write parcels durably: all files are synced, then all renamed, then the tray synced."""
        tray = self._out(peer)
        names = [f"{uuid7().hex}.{Lane.PARCEL}" for _ in parcels]
        for name, parcel in zip(names, parcels, strict=True):
            _write(tray / f".{name}.tmp", partial(_all_of, parcel))
        for name in names:
            (tray / f".{name}.tmp").rename(tray / name)
        _sync(tray)

    def put_bulk(self, peer: str, name: str, write: Callable[[BinaryIO], None]) -> None:
        """Write one bulk file durably."""
        tray = self._out(peer)
        unfinished = tray / f".{name}.{Lane.BULK}.tmp"
        try:
            _write(unfinished, write)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise
        unfinished.rename(tray / f"{name}.{Lane.BULK}")
        _sync(tray)

    def arrived(self, peer: str, lane: Lane, limit: int) -> list[Arrived]:
        """List the files of one lane, oldest first: names are ordered by time."""
        try:
            with os.scandir(self._in(peer)) as entries:
                names = sorted(
                    entry.name
                    for entry in entries
                    if entry.name.endswith(f".{lane}")
                    and not entry.name.startswith(".")
                    and entry.is_file(follow_symlinks=False)
                )
        except FileNotFoundError:
            return []
        found: list[Arrived] = []
        for name in names[:limit]:
            path = self._in(peer) / name
            with suppress(FileNotFoundError):
                found.append(SpoolFile(path, peer, path.stat().st_size))
        return found

    def discard(self, arrived: Sequence[Arrived]) -> None:
        """Remove files; one that comes back after a power cut is a duplicate and harmless."""
        for each in arrived:
            (self._in(each.peer) / each.name).unlink(missing_ok=True)

    def _out(self, peer: str) -> Path:
        return self._home / "out" / peer

    def _in(self, peer: str) -> Path:
        return self._home / "in" / peer


def _write(path: Path, write: Callable[[BinaryIO], object]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, FILE_MODE)
        write(file)
        file.flush()
        os.fsync(handle)


def _all_of(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
