"""Digests and keyed digests: SM3 (国密) and SHA-256 from the system's OpenSSL."""

from __future__ import annotations

import hashlib
import hmac

from xiezhi.security.algorithms.errors import CryptoError
from xiezhi.security.algorithms.protocols import Digester

SM3 = "sm3"
SHA256 = "sha256"
SM3_OF_ABC = bytes.fromhex("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")


def digester(algorithm: str = SM3) -> Digester:
    """Begin a running digest."""
    return hashlib.new(algorithm)


def digest(data: bytes, algorithm: str = SM3) -> bytes:
    """Digest bytes, by SM3 unless told otherwise.

    Basis: GB/T 32905-2016.
    """
    return hashlib.new(algorithm, data).digest()


def mac(key: bytes, data: bytes, algorithm: str = SM3) -> bytes:
    """Return the keyed digest of bytes.

    Basis: HMAC, RFC 2104, over SM3 unless told otherwise.
    """
    return hmac.digest(key, data, algorithm)


def require_sm3() -> None:
    """Refuse to go on where OpenSSL was built without SM3, or computes it wrongly.

    SM3 is not among the digests that Python guarantees, so every process asks once at start-up.
    """
    if SM3 not in hashlib.algorithms_available:
        raise CryptoError("this OpenSSL has no SM3; install OpenSSL 1.1.1 or later with SM3")
    if digest(b"abc") != SM3_OF_ABC:
        raise CryptoError("this OpenSSL computes SM3 wrongly (GB/T 32905 example 1)")
