"""The list of stored files that belongs to a backup, sorted by name, read as a stream."""

from __future__ import annotations

import gzip
import hashlib
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xiezhi.sites.continuity.faults import ContinuityFaultError

FILE = "files.gz"
_STEP = 1 << 20


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """One stored file: its name below the folder of blobs, its size, the SHA-256 of its bytes."""

    name: str
    size: int
    digest: str


def write_list(path: Path, kept: Iterable[Kept]) -> tuple[int, int]:
    """Write the list as it comes; return how many files it names and their bytes together."""
    count = total = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for each in kept:
            file.write(f"{each.digest} {each.size} {each.name}\n")
            count, total = count + 1, total + each.size
    return count, total


def read_list(path: Path) -> Iterator[Kept]:
    """Yield what a list names, in its order. Refuses: ``ContinuityFaultError`` when damaged."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                digest, size, name = line.rstrip("\n").split(" ", 2)
                yield Kept(name, int(size), digest)
    except (OSError, EOFError, ValueError) as error:
        raise ContinuityFaultError(f"{path} 已损坏：{type(error).__name__}。") from None


def names_in(lists: Iterable[Path]) -> Iterator[str]:
    """Yield every name of several lists once, sorted."""
    last = ""
    for each in heapq.merge(*(read_list(path) for path in lists)):
        if each.name != last:
            yield each.name
        last = each.name


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_STEP):
            digest.update(block)
    return digest.hexdigest()
