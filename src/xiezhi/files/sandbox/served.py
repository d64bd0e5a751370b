"""A file that the child reads through its parent: the child holds no content and no key."""

from __future__ import annotations

import io
import os
import socket
import struct
from collections import OrderedDict
from typing import Final, Protocol

from typing_extensions import Buffer, override

BLOCK: Final = 1 << 20
_HELD: Final = 8
_REQUEST: Final = struct.Struct(">Q")
_SIZE: Final = struct.Struct(">Q")


class Readable(Protocol):
    """A content that can be read at any position."""

    @property
    def size(self) -> int:
        """Give its size in bytes."""

    def read_from(self, position: int, size: int) -> bytes:
        """Read up to ``size`` bytes, fewer only at the end."""


class Gone(Exception):
    """The other end closed, or asked for what there is not."""


def announce(channel: socket.socket, source: Readable) -> None:
    """Tell the child how large the file is, before it asks."""
    channel.sendall(_SIZE.pack(source.size))


def serve(channel: socket.socket, source: Readable) -> None:
    """Answer one request of the child, which is not trusted.

    Refuses: ``Gone``; what reading ``source`` refuses; ``TimeoutError``.
    """
    (block,) = _REQUEST.unpack(_exactly(channel, _REQUEST.size))
    position = block * BLOCK
    if position >= source.size:
        raise Gone
    channel.sendall(source.read_from(position, min(BLOCK, source.size - position)))


class ServedFile(io.RawIOBase):
    """The child's side: seekable, a few blocks held, the rest asked for."""

    def __init__(self, channel: socket.socket) -> None:
        """Read the size; the channel stays its owner's."""
        super().__init__()
        self._channel = channel
        (self._size,) = _SIZE.unpack(_exactly(channel, _SIZE.size))
        self._position = 0
        self._blocks: OrderedDict[int, bytes] = OrderedDict()

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def tell(self) -> int:
        return self._position

    @override
    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        if self._position >= self._size or not view:
            return 0
        block, within = divmod(self._position, BLOCK)
        piece = self._block(block)[within : within + len(view)]
        view[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def _block(self, number: int) -> bytes:
        held = self._blocks.get(number)
        if held is None:
            self._channel.sendall(_REQUEST.pack(number))
            held = _exactly(self._channel, min(BLOCK, self._size - number * BLOCK))
            self._blocks[number] = held
            if len(self._blocks) > _HELD:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(number)
        return held


def _exactly(channel: socket.socket, size: int) -> bytes:
    taken = bytearray()
    while len(taken) < size:
        piece = channel.recv(size - len(taken))
        if not piece:
            raise Gone
        taken += piece
    return bytes(taken)
