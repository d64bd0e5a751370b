"""A stream in chunks is read whole or not at all, in constant memory, from any position."""

import io
import tracemalloc
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.security.algorithms import (
    CHUNK_SIZE,
    NATIONAL,
    BadSeal,
    ChunkedReader,
    ChunkedWriter,
)

AEAD = NATIONAL.aead(b"k" * 16)
HEADER = 11
RECORD = CHUNK_SIZE + 16
SIZES = [0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 3 * CHUNK_SIZE, 3 * CHUNK_SIZE + 5]


def sealed(plaintext: bytes, *, context: bytes = b"blob", step: int = 700_001) -> bytes:
    sink = io.BytesIO()
    with ChunkedWriter(sink, AEAD, context=context) as writer:
        for at in range(0, len(plaintext), step):
            writer.write(plaintext[at : at + step])
    return sink.getvalue()


def opened(stream: bytes, *, context: bytes = b"blob") -> bytes:
    return ChunkedReader(io.BytesIO(stream), AEAD, context=context).read()


def pattern(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


@pytest.mark.parametrize("size", SIZES)
def test_stream_returns_what_was_written(size: int) -> None:
    stream = sealed(pattern(size))
    assert opened(stream) == pattern(size)
    assert ChunkedReader(io.BytesIO(stream), AEAD, context=b"blob").size == size


@pytest.mark.parametrize("cut", [1, 16, 17, RECORD - 1, RECORD, RECORD + 1, 2 * RECORD])
def test_stream_refuses_truncation_when_opened(cut: int) -> None:
    stream = sealed(pattern(3 * CHUNK_SIZE))
    with pytest.raises(BadSeal):
        ChunkedReader(io.BytesIO(stream[:-cut]), AEAD, context=b"blob")


@pytest.mark.parametrize("size", [0, 5, HEADER, HEADER + 15])
def test_stream_refuses_a_stump(size: int) -> None:
    with pytest.raises(BadSeal):
        ChunkedReader(io.BytesIO(sealed(b"")[:size]), AEAD, context=b"blob")


def test_stream_refuses_reordered_and_repeated_chunks() -> None:
    stream = sealed(pattern(3 * CHUNK_SIZE))
    records = [stream[HEADER + at * RECORD :][:RECORD] for at in range(3)]
    for order in ([1, 0, 2], [0, 0, 2], [0, 2], [0, 1, 1, 2], [2, 1, 0]):
        moved = stream[:HEADER] + b"".join(records[at] for at in order)
        with pytest.raises(BadSeal):
            opened(moved)


def test_stream_refuses_a_continuation() -> None:
    stream = sealed(pattern(CHUNK_SIZE))
    with pytest.raises(BadSeal):
        opened(stream + stream[HEADER:])


def test_stream_refuses_another_context() -> None:
    with pytest.raises(BadSeal):
        opened(sealed(b"text"), context=b"other")


@settings(max_examples=60, deadline=None)
@given(bit=st.integers(min_value=0, max_value=(HEADER + 40 + 16) * 8 - 1))
def test_stream_refuses_every_flipped_bit(bit: int) -> None:
    stream = bytearray(sealed(pattern(40)))
    stream[bit // 8] ^= 1 << (bit % 8)
    with pytest.raises(BadSeal):
        opened(bytes(stream))


def test_stream_that_failed_half_way_cannot_be_opened() -> None:
    sink = io.BytesIO()
    writer = ChunkedWriter(sink, AEAD, context=b"blob")
    writer.write(pattern(2 * CHUNK_SIZE))
    writer.__exit__(OSError, OSError("disk full"), None)
    with pytest.raises(BadSeal):
        opened(sink.getvalue())


STREAM = sealed(pattern(3 * CHUNK_SIZE + 5))


@settings(max_examples=50, deadline=None)
@given(
    start=st.integers(min_value=0, max_value=3 * CHUNK_SIZE + 10),
    length=st.integers(min_value=0, max_value=200),
)
def test_stream_reads_from_any_position(start: int, length: int) -> None:
    reader = ChunkedReader(io.BytesIO(STREAM), AEAD, context=b"blob")
    buffered = io.BufferedReader(reader)
    buffered.seek(start)
    assert buffered.read(length) == pattern(3 * CHUNK_SIZE + 5)[start : start + length]


class Discarding(io.RawIOBase):
    """A sink that keeps nothing, so that only the writer's own memory is measured."""

    def write(self, data: object) -> int:
        return len(cast("bytes", data))


def test_stream_is_written_in_constant_memory() -> None:
    block = pattern(64 * 1024)
    tracemalloc.start()
    with ChunkedWriter(cast("BinaryIO", Discarding()), AEAD, context=b"blob") as writer:
        for _ in range(32 * 16):
            writer.write(block)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * CHUNK_SIZE
