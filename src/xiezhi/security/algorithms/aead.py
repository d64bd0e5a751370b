"""Authenticated encryption: SM4-GCM (国密) and AES-256-GCM, both by ``cryptography``."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from functools import lru_cache
from typing import ClassVar, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from xiezhi.security.algorithms.errors import BadKey, BadSeal
from xiezhi.security.algorithms.gcrypt import Gcrypt, load

LARGE: Final = 64 * 1024
"""From this size on the faster library is worth its calls."""

NONCE_SIZE: Final = 12
TAG_SIZE: Final = 16


class GcmAead(ABC):
    """What both ciphers share: the random nonce in front and the refusal of short input."""

    key_size: ClassVar[int]

    def __init__(self, key: bytes) -> None:
        if len(key) != self.key_size:
            raise BadKey(f"a key of {self.key_size} bytes is needed, not {len(key)}")
        self._key = key

    @abstractmethod
    def encrypt(self, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        """Return ciphertext and tag; the caller guarantees that the nonce is fresh."""

    @abstractmethod
    def decrypt(self, nonce: bytes, ciphertext: bytes, aad: bytes) -> bytes:
        """Return the plaintext, or refuse with ``BadSeal``."""

    def seal(self, plaintext: bytes, *, aad: bytes) -> bytes:
        """Return nonce, ciphertext and tag under a random nonce."""
        nonce = os.urandom(NONCE_SIZE)
        return nonce + self.encrypt(nonce, plaintext, aad)

    def open(self, sealed: bytes, *, aad: bytes) -> bytes:
        """Undo ``seal``.

        Refuses: ``BadSeal`` when anything was changed or cut.
        """
        if len(sealed) < NONCE_SIZE + TAG_SIZE:
            raise BadSeal("sealed data is too short")
        return self.decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], aad)


class Sm4Gcm(GcmAead):
    """SM4 in Galois/counter mode.

    Basis: GB/T 32907-2016 (SM4); RFC 8998 (GCM with a 128-bit tag).
    """

    key_size = 16

    def encrypt(self, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        """Return ciphertext and tag; the caller guarantees that the nonce is fresh."""
        if len(plaintext) >= LARGE and (fast := _fast()):
            return fast.encrypt(self._key, nonce, plaintext, aad)
        return _sm4_encrypt(self._key, nonce, plaintext, aad)

    def decrypt(self, nonce: bytes, ciphertext: bytes, aad: bytes) -> bytes:
        """Return the plaintext, or refuse with ``BadSeal``."""
        if len(ciphertext) < TAG_SIZE:
            raise BadSeal("sealed data is too short")
        if len(ciphertext) >= LARGE and (fast := _fast()):
            return fast.decrypt(self._key, nonce, ciphertext, aad)
        body, tag = ciphertext[:-TAG_SIZE], ciphertext[-TAG_SIZE:]
        context = Cipher(SM4(self._key), GCM(nonce, tag)).decryptor()
        context.authenticate_additional_data(aad)
        plaintext = context.update(body)
        try:
            return plaintext + context.finalize()
        except InvalidTag:
            raise BadSeal("the seal does not match key, context or content") from None


def _sm4_encrypt(key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
    context = Cipher(SM4(key), GCM(nonce)).encryptor()
    context.authenticate_additional_data(aad)
    body = context.update(plaintext) + context.finalize()
    return body + context.tag


@lru_cache(maxsize=1)
def _fast() -> Gcrypt | None:
    """Return the fast library if it computes what ``cryptography`` does, asked once a process."""
    fast = load()
    sample = (bytes(range(16)), bytes(12), bytes(range(256)) * 3 + b"rest", b"context")
    return fast if fast and fast.encrypt(*sample) == _sm4_encrypt(*sample) else None


class Aes256Gcm(GcmAead):
    """AES-256 in Galois/counter mode.

    Basis: NIST SP 800-38D.
    """

    key_size = 32

    def encrypt(self, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        """Return ciphertext and tag; the caller guarantees that the nonce is fresh."""
        return AESGCM(self._key).encrypt(nonce, plaintext, aad)

    def decrypt(self, nonce: bytes, ciphertext: bytes, aad: bytes) -> bytes:
        """Return the plaintext, or refuse with ``BadSeal``."""
        if len(ciphertext) < TAG_SIZE:
            raise BadSeal("sealed data is too short")
        try:
            return AESGCM(self._key).decrypt(nonce, ciphertext, aad)
        except InvalidTag:
            raise BadSeal("the seal does not match key, context or content") from None
