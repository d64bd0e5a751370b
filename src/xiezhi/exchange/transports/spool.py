"""The spool: directories that a ferry, or any device that copies files, empties and fills.

``<root>/<own>/out/<peer>/`` is written here and emptied by the ferry; ``<root>/<own>/in/<peer>/``
is filled by the ferry and emptied here. A name that begins with a dot is unfinished.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from xiezhi.exchange.transports import ferry_word
from xiezhi.exchange.transports.port import Arrived, Backlog, FerryWord, Gone, Lane, Load
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
        """Open it, following no link and waiting for no pipe. Refuses: ``Gone``."""
        try:
            handle = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError as error:
            raise Gone(*error.args) from error
        return os.fdopen(handle, "rb")


class SpoolTransport:
    """The spool directory of one site."""

    def __init__(self, root: Path, own: str) -> None:
        """Keep the trays' place."""
        self._home = root / own
        self._swept: set[str] = set()

    def prepare(self, peers: Sequence[str]) -> None:
        """Make the trays of the peers that are missing.

        The first time sweep out what a power cut left half written; later that may be our own
        relay's work in hand.
        """
        for peer in peers:
            for tray in (self._out(peer), self._in(peer)):
                if not tray.is_dir():
                    tray.mkdir(parents=True, exist_ok=True)
                    with suppress(PermissionError):
                        tray.chmod(TRAY_MODE)
            if peer not in self._swept:
                for unfinished in self._out(peer).glob(".*.tmp"):
                    unfinished.unlink(missing_ok=True)
                self._swept.add(peer)

    def put(self, peer: str, parcels: Sequence[bytes]) -> None:
        """Write parcels durably: all files are synced, then all renamed, then the tray synced.

        On a fault what is half written goes away again: on a full disk it would make things worse.
        """
        tray = self._out(peer)
        names = [f"{uuid7().hex}.{Lane.PARCEL}" for _ in parcels]
        try:
            for name, parcel in zip(names, parcels, strict=True):
                _write(tray / f".{name}.tmp", partial(_all_of, parcel))
            for name in names:
                (tray / f".{name}.tmp").rename(tray / name)
        except BaseException:
            for name in names:
                with suppress(OSError):
                    (tray / f".{name}.tmp").unlink(missing_ok=True)
            raise
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
            names = sorted(entry.name for entry in _files(self._in(peer), lane))
        except FileNotFoundError:
            return []
        found: list[Arrived] = []
        for name in names[:limit]:
            path = self._in(peer) / name
            with suppress(FileNotFoundError):
                found.append(SpoolFile(path, peer, path.lstat().st_size))
        return found

    def discard(self, arrived: Sequence[Arrived]) -> None:
        """Remove files; one that comes back after a power cut is a duplicate and harmless."""
        for each in arrived:
            (self._in(each.peer) / each.name).unlink(missing_ok=True)

    def backlog(self, peer: str) -> Backlog:
        """Measure what the ferry has not yet taken from our out tray."""
        tray = self._out(peer)
        return Backlog(parcels=_load(tray, Lane.PARCEL), bulk=_load(tray, Lane.BULK))

    def ferry_word(self, peer: str) -> FerryWord | None:
        """Give the last word of the ferry that serves our in tray."""
        return ferry_word.read(self._in(peer))

    def close(self) -> None:
        """Nothing is kept open between two calls."""

    def _out(self, peer: str) -> Path:
        return self._home / "out" / peer

    def _in(self, peer: str) -> Path:
        return self._home / "in" / peer


def _files(tray: Path, lane: Lane) -> Iterator[os.DirEntry[str]]:
    """Give the finished files of one lane; links and folders are none."""
    with os.scandir(tray) as entries:
        for entry in entries:
            finished = not entry.name.startswith(".")
            if (
                finished
                and entry.name.endswith(f".{lane}")
                and entry.is_file(follow_symlinks=False)
            ):
                yield entry


def _load(tray: Path, lane: Lane) -> Load:
    sizes = []
    for entry in _files(tray, lane):
        with suppress(FileNotFoundError):  # the ferry took it while we looked
            sizes.append(entry.stat(follow_symlinks=False).st_size)
    return Load(len(sizes), sum(sizes))


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
