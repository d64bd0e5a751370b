"""The protocols that every algorithm of the house stands behind, so that an HSM can replace it."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Protocol

from xiezhi.security.algorithms.errors import BadSeal

_LENGTH = struct.Struct(">H")


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A raw key pair; the private half never appears in a representation or a log."""

    private: bytes = field(repr=False)
    public: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """A body encrypted once, with its content key wrapped for one recipient."""

    wrapped_key: bytes
    nonce: bytes
    ciphertext: bytes

    def pack(self) -> bytes:
        """Join the three parts; the two short ones carry their length."""
        return b"".join(
            (
                _LENGTH.pack(len(self.wrapped_key)),
                self.wrapped_key,
                _LENGTH.pack(len(self.nonce)),
                self.nonce,
                self.ciphertext,
            )
        )

    @classmethod
    def unpack(cls, data: bytes) -> Sealed:
        """Split what ``pack`` joined.

        Refuses: ``BadSeal`` when a part is cut off.
        """
        wrapped_key, rest = _take(data)
        nonce, ciphertext = _take(rest)
        return cls(wrapped_key, nonce, ciphertext)


def _take(data: bytes) -> tuple[bytes, bytes]:
    if len(data) < _LENGTH.size:
        raise BadSeal("sealed data is cut off")
    (length,) = _LENGTH.unpack_from(data)
    end = _LENGTH.size + length
    if len(data) < end:
        raise BadSeal("sealed data is cut off")
    return data[_LENGTH.size : end], data[end:]


class Digester(Protocol):
    """A running digest."""

    def update(self, data: bytes, /) -> None:
        """Add bytes."""

    def digest(self) -> bytes:
        """Return the digest of what was added."""

    def hexdigest(self) -> str:
        """Return the digest in lower-case hexadecimal."""


class Signer(Protocol):
    """Signs with one private key."""

    @property
    def key_id(self) -> str:
        """Name the key, so that a verifier finds the public half."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature over ``message``."""


class Verifier(Protocol):
    """Checks signatures of one public key."""

    @property
    def key_id(self) -> str:
        """Name the key that is expected to have signed."""

    def __hash__(self) -> int:
        """Tell verifiers apart: each is of one key."""

    def verify(self, message: bytes, signature: bytes) -> None:
        """Return silently, or refuse with ``BadSignature``: no result that could be ignored."""


class Sealer(Protocol):
    """Encrypts to one recipient."""

    @property
    def key_id(self) -> str:
        """Name the recipient's key."""

    def seal(self, plaintext: bytes, *, aad: bytes) -> Sealed:
        """Encrypt under a fresh content key, bound to ``aad``."""

    def wrap(self, content_key: bytes) -> bytes:
        """Encrypt a content key alone, for bodies that are streamed."""

    def for_batch(self) -> Sealer:
        """Return a sealer of several bodies under one content key, each opened without others."""


class Opener(Protocol):
    """Decrypts what was sealed to one private key."""

    @property
    def key_id(self) -> str:
        """Name the recipient's key."""

    def open(self, sealed: Sealed, *, aad: bytes) -> bytes:
        """Return the plaintext, or refuse with ``BadSeal``."""

    def unwrap(self, wrapped_key: bytes) -> bytes:
        """Return the content key, or refuse with ``BadSeal``."""


class Aead(Protocol):
    """Authenticated encryption under one secret key, 96-bit nonce, 128-bit tag."""

    def encrypt(self, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        """Return ciphertext and tag; the caller guarantees that the nonce is fresh."""

    def decrypt(self, nonce: bytes, ciphertext: bytes, aad: bytes) -> bytes:
        """Return the plaintext, or refuse with ``BadSeal``."""

    def seal(self, plaintext: bytes, *, aad: bytes) -> bytes:
        """Return nonce, ciphertext and tag under a random nonce."""

    def open(self, sealed: bytes, *, aad: bytes) -> bytes:
        """Undo ``seal``, or refuse with ``BadSeal``."""


class Suite(Protocol):
    """One consistent choice of algorithms."""

    @property
    def name(self) -> str:
        """Name the suite in key files and envelopes."""

    @property
    def key_size(self) -> int:
        """Give the length of a secret key in bytes."""

    def digester(self) -> Digester:
        """Begin a digest."""

    def digest(self, data: bytes) -> bytes:
        """Digest bytes at once."""

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Return the keyed digest (HMAC)."""

    def new_key(self) -> bytes:
        """Draw a secret key from the operating system."""

    def aead(self, key: bytes) -> Aead:
        """Return authenticated encryption under ``key``."""

    def new_signing_pair(self) -> KeyPair:
        """Make a key pair for signatures."""

    def new_sealing_pair(self) -> KeyPair:
        """Make a key pair for sealing."""

    def signer(self, pair: KeyPair, key_id: str) -> Signer:
        """Return the signer of a pair."""

    def verifier(self, public: bytes, key_id: str) -> Verifier:
        """Return the verifier of a raw public key."""

    def sealer(self, public: bytes, key_id: str) -> Sealer:
        """Return the sealer to a raw public key."""

    def opener(self, pair: KeyPair, key_id: str) -> Opener:
        """Return the opener of a pair."""
