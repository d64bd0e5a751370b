"""What a hostile or broken wire does to a parcel."""

from __future__ import annotations

from dataclasses import replace

from xiezhi.exchange.envelope.container import decode, encode, join, split
from xiezhi.exchange.envelope.faults import EnvelopeRejected

FATES = ("once", "once", "lost", "twice", "flipped", "cut", "emptied", "swapped", "misdirected")


def changed(content: bytes, fate: str, place: float) -> bytes:
    """Do to a parcel what a hostile or broken wire does."""
    at = int(place * len(content))
    if fate == "flipped":
        return content[:at] + bytes([content[at] ^ 0x41]) + content[at + 1 :]
    if fate == "cut":
        return content[:at]
    if fate == "emptied":
        return b""
    return _swapped(content) if fate == "swapped" else content


def _swapped(content: bytes) -> bytes:
    """Give each envelope of a parcel the key and body of the next."""
    try:
        parts = [decode(each) for each in split(content)]
    except EnvelopeRejected:
        return content
    turned = [*parts[1:], *parts[:1]]
    return join(
        encode(
            replace(
                one, encapsulated_key=two.encapsulated_key, iv=two.iv, ciphertext=two.ciphertext
            )
        )
        for one, two in zip(parts, turned, strict=True)
    )
