"""The container: one CBOR array of five byte strings, and parcels of several containers.

A general CBOR decoder accepts tags, big numbers and nesting that no envelope needs and that an
attacker can choose; this one accepts exactly the one shape, in its shortest form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.signature import MAX_SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_ENVELOPE: Final = 16 * 1024 * 1024
MAX_HEADER: Final = 256 * 1024
MAX_ENCAPSULATED: Final = 1024
MAX_IV: Final = 64
MAX_PIECES: Final = 4096

_ARRAY_OF_FIVE: Final = 0x85
_BYTES: Final = 2
_DIRECT: Final = 23
_WIDTHS: Final = {24: 1, 25: 2, 26: 4}
_SMALLEST: Final = {1: 24, 2: 1 << 8, 4: 1 << 16}


@dataclass(frozen=True, slots=True)
class Container:
    """The five parts as they lie on the wire; a receipt leaves the last three empty."""

    header: bytes
    signature: bytes
    encapsulated_key: bytes
    iv: bytes
    ciphertext: bytes

    def parts(self) -> tuple[bytes, bytes, bytes, bytes, bytes]:
        """Give the parts in wire order."""
        return (self.header, self.signature, self.encapsulated_key, self.iv, self.ciphertext)


_LIMITS: Final = (MAX_HEADER, MAX_SIGNATURE, MAX_ENCAPSULATED, MAX_IV, MAX_ENVELOPE)


def encode(container: Container) -> bytes:
    """Write the container. Refuses: :class:`EnvelopeRejected` (``SIZE``) above the limits."""
    out = bytearray([_ARRAY_OF_FIVE])
    for part, limit in zip(container.parts(), _LIMITS, strict=True):
        if len(part) > limit:
            raise EnvelopeRejected(Fault.SIZE)
        out += _head(len(part)) + part
    if len(out) > MAX_ENVELOPE:
        raise EnvelopeRejected(Fault.SIZE)
    return bytes(out)


def decode(data: bytes) -> Container:
    """Read one container and nothing after it. Refuses: ``SIZE``, ``CONTAINER``."""
    if len(data) > MAX_ENVELOPE:
        raise EnvelopeRejected(Fault.SIZE)
    container, end = _read(data, 0)
    if end != len(data):
        raise EnvelopeRejected(Fault.CONTAINER)
    return container


def split(parcel: bytes) -> Iterator[bytes]:
    """Cut a parcel (a CBOR sequence, RFC 8742) into the bytes of its envelopes.

    Where the framing is broken, and after ``MAX_PIECES``, the rest comes out as one piece, which
    ``decode`` then refuses: nothing disappears in silence.
    """
    start = pieces = 0
    while start < len(parcel):
        pieces += 1
        try:
            _, end = _read(parcel, start)
        except EnvelopeRejected:
            end = len(parcel)
        if pieces == MAX_PIECES:
            end = len(parcel)
        yield parcel[start:end]
        start = end


def join(envelopes: Iterable[bytes]) -> bytes:
    """Put whole envelopes into one parcel."""
    return b"".join(envelopes)


def _head(length: int) -> bytes:
    if length <= _DIRECT:
        return bytes([_BYTES << 5 | length])
    for info, width in _WIDTHS.items():
        if length < 1 << (8 * width):
            return bytes([_BYTES << 5 | info]) + length.to_bytes(width, "big")
    raise EnvelopeRejected(Fault.SIZE)


def _read(data: bytes, start: int) -> tuple[Container, int]:
    if start >= len(data) or data[start] != _ARRAY_OF_FIVE:
        raise EnvelopeRejected(Fault.CONTAINER)
    position, parts = start + 1, []
    for limit in _LIMITS:
        length, position = _read_head(data, position)
        end = position + length
        if length > limit or end - start > MAX_ENVELOPE or end > len(data):
            raise EnvelopeRejected(Fault.CONTAINER)
        parts.append(data[position:end])
        position = end
    return Container(*parts), position


def _read_head(data: bytes, position: int) -> tuple[int, int]:
    if position >= len(data) or data[position] >> 5 != _BYTES:
        raise EnvelopeRejected(Fault.CONTAINER)
    info = data[position] & 0x1F
    position += 1
    if info <= _DIRECT:
        return info, position
    width = _WIDTHS.get(info, 0)
    raw = data[position : position + width]
    length = int.from_bytes(raw, "big")
    if not width or len(raw) != width or length < _SMALLEST[width]:
        raise EnvelopeRejected(Fault.CONTAINER)
    return length, position + width
