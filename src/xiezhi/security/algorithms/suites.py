"""The two suites and how a name finds one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from xiezhi.security.algorithms import curve25519, digests, sm2
from xiezhi.security.algorithms.aead import Aes256Gcm, GcmAead, Sm4Gcm
from xiezhi.security.algorithms.errors import CryptoError
from xiezhi.security.algorithms.protocols import (
    Aead,
    Digester,
    KeyPair,
    Opener,
    Sealer,
    Signer,
    Suite,
    Verifier,
)


@dataclass(frozen=True, slots=True)
class AlgorithmSuite:
    """A suite as a table of constructors."""

    name: str
    digest_name: str
    cipher: type[GcmAead]
    new_signing_pair: Callable[[], KeyPair]
    new_sealing_pair: Callable[[], KeyPair]
    signer: Callable[[KeyPair, str], Signer]
    verifier: Callable[[bytes, str], Verifier]
    sealer: Callable[[bytes, str], Sealer]
    opener: Callable[[KeyPair, str], Opener]

    @property
    def key_size(self) -> int:
        """Give the length of a secret key in bytes."""
        return self.cipher.key_size

    def digester(self) -> Digester:
        """Begin a digest."""
        return digests.digester(self.digest_name)

    def digest(self, data: bytes) -> bytes:
        """Digest bytes at once."""
        return digests.digest(data, self.digest_name)

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Return the keyed digest (HMAC)."""
        return digests.mac(key, data, self.digest_name)

    def new_key(self) -> bytes:
        """Draw a secret key from the operating system."""
        return os.urandom(self.key_size)

    def aead(self, key: bytes) -> Aead:
        """Return authenticated encryption under ``key``."""
        return self.cipher(key)


NATIONAL: Final[Suite] = AlgorithmSuite(
    name="national",
    digest_name=digests.SM3,
    cipher=Sm4Gcm,
    new_signing_pair=sm2.new_pair,
    new_sealing_pair=sm2.new_pair,
    signer=sm2.Sm2Signer,
    verifier=sm2.Sm2Verifier,
    sealer=sm2.Sm2Sealer,
    opener=sm2.Sm2Opener,
)
"""SM2, SM3, SM4-GCM (GB/T 32918, 32905, 32907)."""

INTERNATIONAL: Final[Suite] = AlgorithmSuite(
    name="international",
    digest_name=digests.SHA256,
    cipher=Aes256Gcm,
    new_signing_pair=curve25519.new_signing_pair,
    new_sealing_pair=curve25519.new_sealing_pair,
    signer=curve25519.Ed25519Signer,
    verifier=curve25519.Ed25519Verifier,
    sealer=curve25519.X25519Sealer,
    opener=curve25519.X25519Opener,
)
"""Ed25519, X25519 with HKDF, AES-256-GCM, SHA-256."""

_SUITES: Final = {each.name: each for each in (NATIONAL, INTERNATIONAL)}


def suite(name: str) -> Suite:
    """Find a suite by its name in settings, key files and envelopes.

    Refuses: ``CryptoError`` for an unknown name; there is no silent default.
    """
    try:
        return _SUITES[name]
    except KeyError:
        raise CryptoError(f"unknown suite of algorithms: {name!r}") from None
