"""Encrypt a content while it is read, and decrypt it while it is read."""

import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.base import File
from typing_extensions import Buffer, override

from xiezhi.security.algorithms import (
    Aead,
    BadSeal,
    ChunkedReader,
    ChunkedWriter,
    CryptoError,
    Digester,
)
from xiezhi.security.algorithms.digests import digester


def content_context(blob_id: UUID) -> bytes:
    """Bind an encrypted content to its blob."""
    return f"xiezhi blob|{blob_id}".encode()


class SealedFile(File):  # type: ignore[type-arg]  # takes no parameter at run time
    """A content as a storage reads it: encrypted, in constant memory, once."""

    def __init__(self, blocks: Iterable[bytes], aead: Aead, blob_id: UUID) -> None:
        """Keep where the plaintext comes from."""
        super().__init__(io.BytesIO(), name=str(blob_id))
        self._sealed = self._seal(blocks, aead, blob_id)
        self._left = b""

    def _seal(self, blocks: Iterable[bytes], aead: Aead, blob_id: UUID) -> Iterator[bytes]:
        sink = io.BytesIO()
        with ChunkedWriter(sink, aead, context=content_context(blob_id)) as writer:
            for block in blocks:
                writer.write(block)
                yield _taken(sink)
        yield _taken(sink)

    @override
    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return self._sealed

    @override
    def read(self, num_bytes: int | None = None, /) -> bytes:
        """Read for storages that pull, such as S3."""
        wanted = -1 if num_bytes is None else num_bytes
        while wanted < 0 or len(self._left) < wanted:
            more = next(self._sealed, None)
            if more is None:
                break
            self._left += more
        end = len(self._left) if wanted < 0 else wanted
        taken, self._left = self._left[:end], self._left[end:]
        return taken


class OpenedContent(io.BufferedReader):
    """A decrypted content: a binary stream that can be read from any position.

    Read from start to end it also compares the digest; each chunk is authenticated anyway.
    """

    def __init__(
        self,
        source: BinaryIO,
        aead: Aead,
        blob_id: UUID,
        *,
        expected: str,
        damaged: Callable[[Exception], Exception],
    ) -> None:
        """Open the stream; ``damaged`` makes the error that a later fault is told as.

        Refuses: ``BadSeal``.
        """
        raw = _Verified(source, aead, content_context(blob_id), expected, damaged)
        super().__init__(cast("io.RawIOBase", raw), buffer_size=64 * 1024)
        self.size = raw.size

    def blocks(self) -> Iterator[bytes]:
        """Yield the content in order, for a streamed answer; closes at the end."""
        with self:
            while block := self.read(256 * 1024):
                yield block


class _Verified(ChunkedReader):
    def __init__(
        self,
        source: BinaryIO,
        aead: Aead,
        context: bytes,
        expected: str,
        damaged: Callable[[Exception], Exception],
    ) -> None:
        super().__init__(source, aead, context=context)
        self._expected = expected
        self._damaged = damaged
        self._digest: Digester | None = digester()
        self._digested = 0

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        try:
            at = self.tell()
            count = super().readinto(buffer)
            self._follow(at, memoryview(buffer).cast("B")[:count])
        except (CryptoError, OSError) as error:
            raise self._damaged(error) from error
        return count

    def _follow(self, at: int, read: memoryview) -> None:
        if self._digest is None or not read:
            return
        if at != self._digested:
            self._digest = None  # read out of order: the chunks' own seals must do
            return
        self._digest.update(read.tobytes())
        self._digested += len(read)
        if self._digested == self.size and self._digest.hexdigest() != self._expected:
            raise BadSeal("the content has another digest than when it was stored")


def _taken(sink: io.BytesIO) -> bytes:
    data = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return data
