"""The archive of the write-ahead log: how the server fills it and how a restore reads it.

The server learns where the archive is from a file in its own data folder, which the first backup
writes: what is logged before there is a base to replay it upon is of no use and not kept.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

MARKER: Final = "xiezhi.archiving"
_SUFFIX: Final = ".gz"
_SEGMENT_DIGITS: Final = 24
# Written under another name, synced, renamed, the folder synced. A segment that is there already
# must be the same one: the server may repeat itself after a crash. Most of a segment that was
# closed early is zeros, so packing it costs little and saves nearly all.
_COMMAND: Final = (
    f'[ -s {MARKER} ] || exit 0; read -r d < {MARKER}; t="$d/%f{_SUFFIX}"; '
    'if [ -e "$t" ]; then gzip -cd "$t" | cmp -s - "%p"; exit; fi; '
    'n="$d/.%f.tmp"; gzip -1 -c "%p" > "$n" && sync "$n" && mv "$n" "$t" && sync "$d"'
)


def archiving() -> dict[str, str]:
    """Return the server's settings for archiving; nothing when XIEZHI_WAL_ARCHIVE is 0."""
    if os.environ.get("XIEZHI_WAL_ARCHIVE", "1") == "0":
        return {}
    return {
        "archive_mode": "on",
        "archive_command": _COMMAND,
        "archive_timeout": os.environ.get("XIEZHI_WAL_ARCHIVE_SECONDS", "300"),
    }


def fetching(archive: Path, leftover: Path | None) -> str:
    """Return the command that fetches one file for a recovery.

    ``leftover`` is the log folder of the cluster that is being replaced: what it had not archived
    yet lies there. The server checks every record, so a torn file only ends the recovery.
    """
    command = f"gzip -cd {_quoted(archive)}/%f{_SUFFIX} > %p"
    if leftover is not None:
        command += f" || cp {_quoted(leftover)}/%f %p"
    return command


def segments(archive: Path) -> list[str]:
    """List the segments in the archive by their place in the log, whatever their timeline."""
    names = (path.name.removesuffix(_SUFFIX) for path in archive.glob(f"*{_SUFFIX}"))
    return sorted((name for name in names if len(name) == _SEGMENT_DIGITS), key=place_of)


def place_of(segment: str) -> str:
    """Return the place of a segment in the log, without its timeline."""
    return segment[8:]


def forget_before(archive: Path, first: str) -> int:
    """Remove the segments that lie before ``first``, from which no kept base starts."""
    old = [name for name in segments(archive) if place_of(name) < place_of(first)]
    for name in old:
        (archive / f"{name}{_SUFFIX}").unlink(missing_ok=True)
    return len(old)


def gaps(found: Sequence[str]) -> list[str]:
    """Return the places after which the next one is missing, on whatever timeline."""
    places = sorted({place_of(name) for name in found})
    return [place for place, after in pairwise(places) if after != _next(place)]


def _next(place: str) -> str:
    """Return the place after ``place``: 256 segments of sixteen mebibytes make one log file."""
    high, low = int(place[:8], 16), int(place[8:], 16)
    number = (high << 8 | low) + 1
    return f"{number >> 8:08X}{number & 0xFF:08X}"


def _quoted(path: Path) -> str:
    return shlex.quote(str(path)).replace("%", "%%")
