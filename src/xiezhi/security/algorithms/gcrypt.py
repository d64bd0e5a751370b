"""SM4-GCM by the system's libgcrypt, three times as fast where it is installed.

The library's vector instructions make large contents cheap, and other threads run meanwhile. It
is used only after it has computed the same as ``cryptography`` in this process.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from xiezhi.security.algorithms.errors import BadSeal

LIBRARY: Final = "libgcrypt.so.20"
_TAG_SIZE: Final = 16
_INITIALIZATION_FINISHED: Final = 38
_GCM: Final = 9
_CHECKSUM: Final = 10
_size = ctypes.c_size_t


class GcryptError(Exception):
    """The library refused what it is never refused: a fault of ours or of the system."""


class Gcrypt:
    """The functions of the library that are used."""

    def __init__(self, library: ctypes.CDLL) -> None:
        """Initialize the library. Refuses: ``GcryptError`` when it has no SM4."""
        self._library = library
        library.gcry_check_version.restype = ctypes.c_char_p
        if not library.gcry_check_version(None):
            raise GcryptError("the library does not start")
        library.gcry_control(_INITIALIZATION_FINISHED, 0)
        self._sm4 = library.gcry_cipher_map_name(b"SM4")
        if not self._sm4:
            raise GcryptError("this libgcrypt has no SM4")

    def encrypt(self, key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        """Return ciphertext and tag."""
        length = len(plaintext)
        out = bytearray(length + _TAG_SIZE)
        place = (ctypes.c_char * len(out)).from_buffer(out)
        with self._cipher(key, nonce, aad) as handle:
            sizes = _size(length), _size(length)
            _require(
                self._library.gcry_cipher_encrypt(handle, place, sizes[0], plaintext, sizes[1])
            )
            tag = ctypes.byref(place, length)
            _require(self._library.gcry_cipher_gettag(handle, tag, _size(_TAG_SIZE)))
        return bytes(out)

    def decrypt(self, key: bytes, nonce: bytes, ciphertext: bytes, aad: bytes) -> bytes:
        """Return the plaintext. Refuses: ``BadSeal``."""
        length = len(ciphertext) - _TAG_SIZE
        out = bytearray(length)
        place = (ctypes.c_char * length).from_buffer(out)
        with self._cipher(key, nonce, aad) as handle:
            sizes = _size(length), _size(length)
            _require(
                self._library.gcry_cipher_decrypt(handle, place, sizes[0], ciphertext, sizes[1])
            )
            tag = ciphertext[length:]
            fault = self._library.gcry_cipher_checktag(handle, tag, _size(_TAG_SIZE))
        if fault & 0xFFFF == _CHECKSUM:
            raise BadSeal("the seal does not match key, context or content")
        _require(fault)
        return bytes(out)

    @contextmanager
    def _cipher(self, key: bytes, nonce: bytes, aad: bytes) -> Iterator[ctypes.c_void_p]:
        handle = ctypes.c_void_p()
        _require(self._library.gcry_cipher_open(ctypes.byref(handle), self._sm4, _GCM, 0))
        try:
            _require(self._library.gcry_cipher_setkey(handle, key, _size(len(key))))
            _require(self._library.gcry_cipher_setiv(handle, nonce, _size(len(nonce))))
            _require(self._library.gcry_cipher_authenticate(handle, aad, _size(len(aad))))
            yield handle
        finally:
            self._library.gcry_cipher_close(handle)


def load() -> Gcrypt | None:
    """Return the library, or nothing where it is missing or has no SM4."""
    try:
        return Gcrypt(ctypes.CDLL(LIBRARY))
    except (OSError, AttributeError, GcryptError):
        return None


def _require(fault: int) -> None:
    if fault:
        msg = f"libgcrypt: error {fault & 0xFFFF}"
        raise GcryptError(msg)
