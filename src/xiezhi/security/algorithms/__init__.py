"""Cryptography behind small protocols: national (国密) by default, international by setting."""

from xiezhi.security.algorithms.digests import digest, mac
from xiezhi.security.algorithms.errors import BadKey, BadSeal, BadSignature, CryptoError
from xiezhi.security.algorithms.fingerprints import fingerprint, grouped
from xiezhi.security.algorithms.protocols import (
    Aead,
    Digester,
    KeyPair,
    Opener,
    Sealed,
    Sealer,
    Signer,
    Suite,
    Verifier,
)
from xiezhi.security.algorithms.streaming import CHUNK_SIZE, ChunkedReader, ChunkedWriter
from xiezhi.security.algorithms.suites import INTERNATIONAL, NATIONAL, suite

__all__ = [
    "CHUNK_SIZE",
    "INTERNATIONAL",
    "NATIONAL",
    "Aead",
    "BadKey",
    "BadSeal",
    "BadSignature",
    "ChunkedReader",
    "ChunkedWriter",
    "CryptoError",
    "Digester",
    "KeyPair",
    "Opener",
    "Sealed",
    "Sealer",
    "Signer",
    "Suite",
    "Verifier",
    "digest",
    "fingerprint",
    "grouped",
    "mac",
    "suite",
]
