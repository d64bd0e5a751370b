"""Fingerprints of raw public keys, for people to compare before they trust a peer."""

from __future__ import annotations

from xiezhi.security.algorithms.protocols import Suite

_GROUP = 4


def fingerprint(suite: Suite, *public_keys: bytes) -> str:
    """Digest the raw public keys of one identity under the suite's name.

    Shape: lower-case hexadecimal, 64 characters. Every part carries its length, so that no
    other division of the same bytes has the same fingerprint.
    """
    parts = [b"xiezhi public keys 1", suite.name.encode(), *public_keys]
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return suite.digest(framed).hex()


def grouped(hexadecimal: str) -> str:
    """Print a fingerprint in groups of four capitals, as people read it aloud."""
    capitals = hexadecimal.upper()
    groups = (capitals[at : at + _GROUP] for at in range(0, len(capitals), _GROUP))
    return " ".join(groups)
