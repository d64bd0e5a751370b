"""Seal and open a body for one recipient: the part that both suites share."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

from xiezhi.security.algorithms.aead import NONCE_SIZE, GcmAead
from xiezhi.security.algorithms.errors import BadSeal
from xiezhi.security.algorithms.protocols import Sealed

KEYS_KEPT: Final = 8
"""So many content keys an opener remembers: those of the batches under way."""


def bound(aad: bytes, wrapped_key: bytes) -> bytes:
    """Tie the context to the wrapped key, so that neither can be exchanged for another."""
    return len(aad).to_bytes(8, "big") + aad + wrapped_key


def seal(
    plaintext: bytes,
    *,
    aad: bytes,
    cipher: type[GcmAead],
    wrap: Callable[[bytes], bytes],
) -> Sealed:
    """Encrypt under a fresh content key and wrap that key."""
    content_key = os.urandom(cipher.key_size)
    nonce = os.urandom(NONCE_SIZE)
    wrapped_key = wrap(content_key)
    ciphertext = cipher(content_key).encrypt(nonce, plaintext, bound(aad, wrapped_key))
    return Sealed(wrapped_key, nonce, ciphertext)


def unseal(
    sealed: Sealed,
    *,
    aad: bytes,
    cipher: type[GcmAead],
    unwrap: Callable[[bytes], bytes],
) -> bytes:
    """Unwrap the content key and decrypt.

    Refuses: ``BadSeal`` when key, nonce, body or context do not belong together.
    """
    content_key = unwrap(sealed.wrapped_key)
    if len(sealed.nonce) != NONCE_SIZE:
        raise BadSeal("the nonce has the wrong length")
    context = bound(aad, sealed.wrapped_key)
    return cipher(content_key).decrypt(sealed.nonce, sealed.ciphertext, context)


class BatchSealer:
    """Seals several bodies to one recipient under one content key, wrapped once.

    Each body has a nonce of its own and is bound to its own context; the recipient opens each
    without the others.
    """

    def __init__(self, key_id: str, cipher: type[GcmAead], wrap: Callable[[bytes], bytes]) -> None:
        self.key_id = key_id
        self.wrap = wrap
        content_key = os.urandom(cipher.key_size)
        self._wrapped_key = wrap(content_key)
        self._cipher = cipher(content_key)

    def seal(self, plaintext: bytes, *, aad: bytes) -> Sealed:
        """Encrypt under the batch's key, bound to ``aad``."""
        nonce, context = os.urandom(NONCE_SIZE), bound(aad, self._wrapped_key)
        return Sealed(self._wrapped_key, nonce, self._cipher.encrypt(nonce, plaintext, context))

    def for_batch(self) -> BatchSealer:
        """Return itself: a batch has one key."""
        return self
