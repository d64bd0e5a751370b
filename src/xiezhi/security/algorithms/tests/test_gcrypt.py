"""The fast SM4 computes what the other does, and refuses what the other refuses."""

from __future__ import annotations

import os

import pytest

from xiezhi.security.algorithms import gcrypt
from xiezhi.security.algorithms.aead import LARGE, TAG_SIZE, Sm4Gcm, _sm4_encrypt
from xiezhi.security.algorithms.errors import BadSeal

FAST = gcrypt.load()
needs_library = pytest.mark.skipif(FAST is None, reason="this system has no libgcrypt with SM4")


@needs_library
@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 255, 4096, LARGE + 3])
@pytest.mark.parametrize("aad", [b"", b"context" * 9])
def test_both_libraries_give_the_same(size: int, aad: bytes) -> None:
    assert FAST is not None
    key, nonce, plaintext = os.urandom(16), os.urandom(12), os.urandom(size)

    sealed = FAST.encrypt(key, nonce, plaintext, aad)

    assert sealed == _sm4_encrypt(key, nonce, plaintext, aad)
    assert FAST.decrypt(key, nonce, sealed, aad) == plaintext


@pytest.mark.parametrize("size", [LARGE - TAG_SIZE, LARGE, LARGE + 1])
@pytest.mark.parametrize("where", [0, LARGE // 2, -1])
def test_a_large_content_that_was_changed_is_refused(size: int, where: int) -> None:
    aead, nonce = Sm4Gcm(os.urandom(16)), os.urandom(12)
    sealed = bytearray(aead.encrypt(nonce, bytes(size), b"context"))
    assert aead.decrypt(nonce, bytes(sealed), b"context") == bytes(size)
    sealed[where] ^= 1

    with pytest.raises(BadSeal):
        aead.decrypt(nonce, bytes(sealed), b"context")


@pytest.mark.parametrize("nonce", [bytes(12), b"\xf1" * 12], ids=["zeros", "ones"])
def test_another_context_or_key_is_refused(nonce: bytes) -> None:
    aead = Sm4Gcm(os.urandom(16))
    sealed = aead.encrypt(nonce, bytes(LARGE), b"context")

    for other, aad in ((aead, b"contexT"), (Sm4Gcm(os.urandom(16)), b"context")):
        with pytest.raises(BadSeal):
            other.decrypt(nonce, sealed, aad)
