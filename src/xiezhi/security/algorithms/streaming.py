"""Authenticated encryption of streams in chunks, in constant memory, with random access."""

from __future__ import annotations

import io
import os
import struct
from types import TracebackType
from typing import BinaryIO, Final, Self

from typing_extensions import Buffer, override

from xiezhi.security.algorithms.aead import TAG_SIZE
from xiezhi.security.algorithms.errors import BadSeal
from xiezhi.security.algorithms.protocols import Aead

CHUNK_SIZE: Final = 1 << 20
_MAGIC: Final = b"XZC1"
_PREFIX_SIZE: Final = 7
_HEADER_SIZE: Final = len(_MAGIC) + _PREFIX_SIZE
_RECORD_SIZE: Final = CHUNK_SIZE + TAG_SIZE
_POSITION: Final = struct.Struct(">IB")
_MAX_CHUNKS: Final = 1 << 32


def _nonce(prefix: bytes, index: int, *, last: bool) -> bytes:
    # Prefix, counter and flag fill the 96 bits: a chunk of another place or end has another nonce.
    return prefix + _POSITION.pack(index, last)


def _aad(context: bytes, index: int, *, last: bool) -> bytes:
    return _MAGIC + _POSITION.pack(index, last) + context


class ChunkedWriter:
    """Encrypts what is written to it, one mebibyte at a time.

    Each chunk is bound to its index, to whether it is the last, and to ``context``, so cutting,
    reordering, repeating and joining are all found. ``close`` writes the last chunk: a stream
    without it cannot be opened.
    """

    def __init__(self, sink: BinaryIO, aead: Aead, *, context: bytes) -> None:
        self._sink = sink
        self._aead = aead
        self._context = context
        self._prefix = os.urandom(_PREFIX_SIZE)
        self._pending = bytearray()
        self._index = 0
        self.size = 0
        sink.write(_MAGIC + self._prefix)

    def write(self, data: bytes) -> int:
        """Take bytes; full chunks are encrypted and written on."""
        self._pending += data
        self.size += len(data)
        # A full chunk waits until more comes: only then it is known not to be the last.
        while len(self._pending) > CHUNK_SIZE:
            chunk = bytes(self._pending[:CHUNK_SIZE])
            del self._pending[:CHUNK_SIZE]
            self._put(chunk, last=False)
        return len(data)

    def close(self) -> None:
        """Write the last chunk; the sink stays open for its owner."""
        self._put(bytes(self._pending), last=True)
        self._pending.clear()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        if self._index >= _MAX_CHUNKS:
            raise BadSeal("the stream is too long")
        nonce = _nonce(self._prefix, self._index, last=last)
        self._sink.write(
            self._aead.encrypt(nonce, chunk, _aad(self._context, self._index, last=last))
        )
        self._index += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # After a failure the last chunk is withheld: half a stream must not look whole.
        if kind is None:
            self.close()


class ChunkedReader(io.RawIOBase):
    """Decrypts a stream of ``ChunkedWriter``, seekable, holding one chunk at a time.

    Refuses: ``BadSeal`` when opened on something cut or foreign (the last chunk is checked
    first), and at any chunk that was changed or moved.
    """

    def __init__(self, source: BinaryIO, aead: Aead, *, context: bytes) -> None:
        super().__init__()
        self._source = source
        self._aead = aead
        self._context = context
        start = source.tell()
        self._body = start + _HEADER_SIZE
        header = source.read(_HEADER_SIZE)
        if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
            raise BadSeal("this is not an encrypted stream")
        self._prefix = header[len(_MAGIC) :]
        stored = source.seek(0, os.SEEK_END) - self._body
        self._chunks = -(-stored // _RECORD_SIZE)
        if self._chunks == 0 or not stored - (self._chunks - 1) * _RECORD_SIZE >= TAG_SIZE:
            raise BadSeal("the encrypted stream is cut off")
        self.size = stored - self._chunks * TAG_SIZE
        self._position = 0
        self._held = (-1, b"")
        self._chunk(self._chunks - 1)

    def _chunk(self, index: int) -> bytes:
        if self._held[0] == index:
            return self._held[1]
        last = index == self._chunks - 1
        self._source.seek(self._body + index * _RECORD_SIZE)
        plaintext = self._aead.decrypt(
            _nonce(self._prefix, index, last=last),
            self._source.read(_RECORD_SIZE),
            _aad(self._context, index, last=last),
        )
        self._held = (index, plaintext)
        return plaintext

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
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        self._position = max(0, base + offset)
        return self._position

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        if self._position >= self.size or not view:
            return 0
        index, within = divmod(self._position, CHUNK_SIZE)
        piece = self._chunk(index)[within : within + len(view)]
        view[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    @override
    def close(self) -> None:
        self._held = (-1, b"")
        self._source.close()
        super().close()
