"""Plaintext held in memory under a descriptor, so that it never touches a disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

_STEP: Final = 1 << 20


class Source(Protocol):
    """Anything that bytes can be read from: an upload, a response, an opened blob."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


class SeekableContent(Source, Protocol):
    """An opened content of known size that can be read from any position."""

    @property
    def size(self) -> int:
        """Give the size in bytes."""

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a position."""


class Held:
    """Plaintext in memory, readable as a file."""

    def __init__(self, descriptor: int, size: int) -> None:
        """Keep descriptor and size; ``in_memory`` closes."""
        self._descriptor = descriptor
        self.size = size

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._descriptor

    def read_from(self, position: int, size: int = _STEP) -> bytes:
        """Read at a position, without moving anything."""
        return os.pread(self._descriptor, size, position)

    def blocks(self) -> Iterator[bytes]:
        """Yield the content in order."""
        position = 0
        while block := self.read_from(position):
            yield block
            position += len(block)


class Reread:
    """A sealed content, opened again to be read at any position; a block is held at a time."""

    def __init__(self, opened: SeekableContent) -> None:
        """Keep the opened content, which stays its owner's."""
        self._opened = opened
        self.size = opened.size

    def read_from(self, position: int, size: int) -> bytes:
        """Read up to ``size`` bytes, fewer only at the end. Refuses: what the content refuses."""
        self._opened.seek(position)
        taken = bytearray()
        while len(taken) < size and (piece := self._opened.read(size - len(taken))):
            taken += piece
        return bytes(taken)


@contextmanager
def in_memory(source: Source, *, most: int) -> Iterator[Held | None]:
    """Hold what ``source`` yields, or give nothing when it is more than ``most`` bytes."""
    descriptor = os.memfd_create("xiezhi-file", os.MFD_CLOEXEC)
    try:
        size = 0
        while block := source.read(_STEP):
            size += len(block)
            if size > most:
                yield None
                return
            _write(descriptor, block)
        yield Held(descriptor, size)
    finally:
        os.close(descriptor)


@contextmanager
def empty_memory() -> Iterator[int]:
    """Give a descriptor that a child writes its result to."""
    descriptor = os.memfd_create("xiezhi-result", os.MFD_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write(descriptor: int, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[os.write(descriptor, view) :]
