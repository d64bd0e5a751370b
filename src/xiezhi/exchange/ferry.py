"""The ferry (摆渡): carry files from each site's out tray to its peer's in tray.

A separate program of the standard library alone. It knows no key, reads no content and imports
nothing of ours, so a device that copies files can take its place. It never loses a file: the
source disappears only after the target is safely on disk, and carrying twice is harmless.
Into each in tray it writes how it fares (``.ferry.json``), for the site's operators.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import signal
import stat
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

CHUNK = 1 << 20
BATCH = 500
PATIENCE = 1.0
SITE = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
PART = ".part"
WORD = ".ferry.json"
WORD_SECONDS = 2.0
TOLD_AT_MOST = 20
# What stops a whole tray: the next file would fare no better.
TRAY_WIDE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


@dataclass
class Round:
    """What one round did: files carried into each in tray, and what stood in the way."""

    carried: int = 0
    troubles: dict[str, str] = field(default_factory=dict)
    into: dict[Path, int] = field(default_factory=dict)


def carry(spool: Path, *, copy: bool = False) -> Round:
    """Carry everything that waits, small files first; leave in place what cannot be carried.

    ``copy`` forbids renaming, as if the trays lay on different disks.
    """
    result = Round()
    for source, target in trays(spool, result):
        result.into[target] = 0
        waiting = list(_waiting(source, result))
        if not waiting:
            continue
        if not target.is_dir():
            result.troubles[str(target)] = "ENOENT: the target tray is missing"
            continue
        _carry_tray(source, target, waiting, result, copy=copy)
    return result


def trays(spool: Path, result: Round) -> Iterator[tuple[Path, Path]]:
    """Pair each out tray ``<own>/out/<peer>`` with the in tray ``<peer>/in/<own>``.

    A folder that cannot be read is a trouble to be told, never an empty folder.
    """
    for own in _sites(spool, result):
        for peer in _sites(spool / own / "out", result):
            source = spool / own / "out" / peer
            if own != peer and not source.is_symlink():
                yield source, spool / peer / "in" / own


def _sites(folder: Path, result: Round) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir() if SITE.match(entry.name))
    except OSError as error:
        result.troubles[str(folder)] = _say(error)
        return []


def _waiting(source: Path, result: Round) -> Iterator[str]:
    try:
        with os.scandir(source) as entries:
            found = [
                (entry.stat(follow_symlinks=False).st_size, entry.name)
                for entry in entries
                if not entry.name.startswith(".") and entry.is_file(follow_symlinks=False)
            ]
    except OSError as error:
        result.troubles[str(source)] = _say(error)
        return
    yield from (name for _, name in sorted(found))


def _carry_tray(source: Path, target: Path, names: list[str], result: Round, *, copy: bool) -> None:
    copied: list[str] = []
    moved = 0
    for name in names:
        if moved + len(copied) == BATCH:
            break
        try:
            if not copy and _rename(source / name, target / name):
                moved += 1
            else:
                _copy(source / name, target, name)
                copied.append(name)
        except FileNotFoundError:
            continue
        except OSError as error:
            if error.errno in TRAY_WIDE:
                result.troubles[str(target)] = _say(error)
                break
            result.troubles[str(source / name)] = _say(error)
    try:
        sync(target)
        for name in copied:
            (source / name).unlink(missing_ok=True)
        sync(source)
    except OSError as error:
        result.troubles[str(target)] = _say(error)
    result.carried += moved + len(copied)
    result.into[target] += moved + len(copied)


def _rename(source: Path, target: Path) -> bool:
    """Move within one disk; tell whether that was possible."""
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return False
    return True


def _copy(source: Path, target: Path, name: str) -> None:
    """Copy beside the target, make it durable, then give it its name."""
    part = target / f".{name}{PART}"
    reading = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        _write_part(reading, part, _plain_size(reading))
        part.rename(target / name)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    finally:
        os.close(reading)


def _plain_size(handle: int) -> int:
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "not a plain file")
    return found.st_size


def _write_part(reading: int, part: Path, size: int) -> None:
    writing = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o644)
    try:
        written = 0
        while chunk := os.read(reading, CHUNK):
            view = memoryview(chunk)
            while view:
                done = os.write(writing, view)
                view = view[done:]
                written += done
        if written != size:
            raise OSError(errno.EAGAIN, "the file changed while it was carried")
        os.fsync(writing)
    finally:
        os.close(writing)


def sync(directory: Path) -> None:
    """Make the names in a directory durable."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _say(error: OSError) -> str:
    return f"{errno.errorcode.get(error.errno or 0, 'OSError')}: {error.strerror}"


class Word:
    """What the ferry says of itself in each in tray: every two seconds, and on each new trouble."""

    def __init__(self, spool: Path) -> None:
        """Begin to count."""
        self.troubles: dict[str, str] = {}
        self._spool, self._begun = spool, _now()
        self._into: dict[Path, int] = {}
        self._told: dict[str, str] = {}
        self._due = 0.0

    def tell(self, result: Round) -> None:
        """Add one round; write when it is time. What cannot be written joins ``troubles``."""
        for tray, count in result.into.items():
            self._into[tray] = self._into.get(tray, 0) + count
        if time.monotonic() < self._due and result.troubles == self._told:
            return
        self._due, self._told = time.monotonic() + WORD_SECONDS, dict(result.troubles)
        self.troubles = {}
        for tray in filter(Path.is_dir, result.into):
            try:
                _write_word(tray, json.dumps(self._about(tray)).encode())
            except OSError as error:
                self.troubles[str(tray / WORD)] = _say(error)

    def _about(self, tray: Path) -> dict[str, object]:
        own, other = tray.parts[-3], tray.parts[-1]
        back = self._spool / other / "in" / own
        near = (tray, back, self._spool / own / "out" / other, self._spool / other / "out" / own)
        told = [
            {"place": os.path.relpath(place, self._spool), "error": trouble.split(":")[0]}
            for place, trouble in sorted(self._told.items())
            if any(_on_the_way(Path(place), each) for each in near)
        ]
        return {
            "v": 1,
            "clock": _now(),
            "begun_at": self._begun,
            "brought": self._into.get(tray, 0),
            "taken": self._into.get(back, 0),
            "troubles": told[:TOLD_AT_MOST],
            "more_troubles": len(told[TOLD_AT_MOST:]),
        }


def _on_the_way(place: Path, tray: Path) -> bool:
    return place == tray or place in tray.parents or tray in place.parents


def _now() -> str:
    return datetime.now(timezone.utc).isoformat()  # noqa: UP017 - any Python 3 may run this file


def _write_word(tray: Path, content: bytes) -> None:
    """Replace the word; on a full disk write over the old one, which takes no room."""
    part = tray / f"{WORD}{PART}"
    try:
        part.write_bytes(content)
        with suppress(PermissionError):  # a disk without modes
            part.chmod(0o644)  # the site is another user
        part.rename(tray / WORD)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if error.errno not in TRAY_WIDE:
            raise
        handle = os.open(tray / WORD, os.O_WRONLY | os.O_NOFOLLOW)
        try:
            os.truncate(handle, os.write(handle, content))
        finally:
            os.close(handle)


def _sweep(spool: Path) -> None:
    """Remove what interrupted copies left; each is copied again from its whole source."""
    for _, target in trays(spool, Round()):
        with suppress(OSError):
            for part in target.glob(f".*{PART}"):
                part.unlink(missing_ok=True)


def _report(before: dict[str, str], now: dict[str, str]) -> None:
    for place, trouble in now.items():
        if before.get(place) != trouble:
            sys.stderr.write(f"ferry: {place}: {trouble}\n")
    for place in before.keys() - now.keys():
        sys.stderr.write(f"ferry: {place}: carried on\n")
    sys.stderr.flush()


def run(spool: Path, *, interval: float, stop: threading.Event, copy: bool = False) -> None:
    """Carry until told to stop; wait longer while something stands in the way."""
    troubles: dict[str, str] = {}
    word = Word(spool)
    _sweep(spool)
    while not stop.is_set():
        result = carry(spool, copy=copy)
        word.tell(result)
        stuck = bool(result.troubles) and not result.carried
        _report(troubles, now := result.troubles | word.troubles)
        troubles = now
        stop.wait(PATIENCE if stuck else interval)


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description="Carry spool files between sites.")
    parser.add_argument("--spool", type=Path, required=True, help="the directory of all trays")
    parser.add_argument("--interval", type=float, default=0.05, help="seconds between rounds")
    parser.add_argument("--copy", action="store_true", help="always copy, never rename")
    parser.add_argument("--once", action="store_true", help="one round, then end")
    chosen = parser.parse_args(arguments)
    if chosen.once:
        result = carry(chosen.spool, copy=chosen.copy)
        _report({}, result.troubles)
        return 1 if result.troubles else 0
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    run(chosen.spool, interval=chosen.interval, stop=stop, copy=chosen.copy)
    return 0


if __name__ == "__main__":
    sys.exit(main())
