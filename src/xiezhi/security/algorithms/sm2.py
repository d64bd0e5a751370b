"""SM2 signatures and sealing (国密) by GmSSL 3, through ``gmssl_pyx``."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import gmssl_pyx as gmssl  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from xiezhi.security.algorithms.aead import Sm4Gcm
from xiezhi.security.algorithms.envelopes import KEYS_KEPT, BatchSealer, seal, unseal
from xiezhi.security.algorithms.errors import BadKey, BadSeal, BadSignature
from xiezhi.security.algorithms.protocols import KeyPair, Sealed

SIGNER_ID: Final = b"1234567812345678"
"""The default identity of GM/T 0009-2012; peers are told apart by their keys, not by this."""

ORDER: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
PUBLIC_SIZE: Final = 64
PRIVATE_SIZE: Final = 32


def new_pair() -> KeyPair:
    """Draw an SM2 key pair: raw public point (x and y) and raw private scalar."""
    public, private = gmssl.sm2_key_generate()
    return KeyPair(private=bytes(private), public=bytes(public))


def checked_public(public: bytes) -> bytes:
    """Return the raw public key if it is a point of the curve.

    Refuses: ``BadKey`` otherwise.
    """
    if len(public) != PUBLIC_SIZE:
        raise BadKey(f"an SM2 public key has {PUBLIC_SIZE} bytes, not {len(public)}")
    try:
        return bytes(gmssl.normalize_sm2_public_key(public))
    except gmssl.InvalidValueError:
        raise BadKey("this SM2 public key is not a point of the curve") from None


def checked_pair(pair: KeyPair) -> KeyPair:
    """Return the pair if both halves belong together, shown by one signature.

    Refuses: ``BadKey`` otherwise.
    """
    checked_public(pair.public)
    scalar = int.from_bytes(pair.private, "big")
    if len(pair.private) != PRIVATE_SIZE or not 1 <= scalar < ORDER - 1:
        raise BadKey("this SM2 private key is out of range")
    probe = gmssl.sm2_sign(pair.private, pair.public, b"probe", SIGNER_ID)
    if not gmssl.sm2_verify(pair.public, b"probe", probe, SIGNER_ID):
        raise BadKey("the SM2 private and public key do not belong together")
    return pair


class Sm2Signer:
    """Signs with SM2 over SM3.

    Basis: GB/T 32918.2-2016; signature in DER (r, s).
    """

    def __init__(self, pair: KeyPair, key_id: str) -> None:
        self._pair = checked_pair(pair)
        self.key_id = key_id

    def sign(self, message: bytes) -> bytes:
        """Return the signature over ``message``."""
        return bytes(gmssl.sm2_sign(self._pair.private, self._pair.public, message, SIGNER_ID))


class Sm2Verifier:
    """Checks SM2 signatures of one public key."""

    def __init__(self, public: bytes, key_id: str) -> None:
        self._public = checked_public(public)
        self.key_id = key_id

    def verify(self, message: bytes, signature: bytes) -> None:
        """Return silently, or refuse with ``BadSignature``.

        The encoding is checked before GmSSL sees it: one signature has one form, and the
        library writes to standard error about everything else.
        """
        try:
            r, s = decode_dss_signature(signature)
        except ValueError:
            raise BadSignature("the signature is not well formed") from None
        if not (1 <= r < ORDER and 1 <= s < ORDER):
            raise BadSignature("the signature is out of range")
        try:
            good = gmssl.sm2_verify(self._public, message, signature, SIGNER_ID)
        except gmssl.GmsslInnerError:
            good = False
        if not good:
            raise BadSignature("the signature does not match key and content")


class Sm2Sealer:
    """Encrypts to an SM2 public key: SM4-GCM body, content key by SM2 encryption.

    Basis: GB/T 32918.4-2016, C1C3C2 in DER.
    """

    def __init__(self, public: bytes, key_id: str) -> None:
        self._public = checked_public(public)
        self.key_id = key_id

    def wrap(self, content_key: bytes) -> bytes:
        """Encrypt a content key alone."""
        return bytes(gmssl.sm2_encrypt(self._public, content_key))

    def seal(self, plaintext: bytes, *, aad: bytes) -> Sealed:
        """Encrypt under a fresh SM4 key, bound to ``aad``."""
        return seal(plaintext, aad=aad, cipher=Sm4Gcm, wrap=self.wrap)

    def for_batch(self) -> BatchSealer:
        """Return a sealer of several bodies under one content key."""
        return BatchSealer(self.key_id, Sm4Gcm, self.wrap)


class Sm2Opener:
    """Decrypts what was sealed to an SM2 key pair."""

    def __init__(self, pair: KeyPair, key_id: str) -> None:
        self._pair = checked_pair(pair)
        self.key_id = key_id
        self._unwrap_once = lru_cache(KEYS_KEPT)(self.unwrap)

    def unwrap(self, wrapped_key: bytes) -> bytes:
        """Return the content key, or refuse with ``BadSeal``."""
        try:
            content_key = bytes(gmssl.sm2_decrypt(self._pair.private, wrapped_key))
        except gmssl.GmsslInnerError:
            raise BadSeal("the wrapped key cannot be opened with this key") from None
        if len(content_key) != Sm4Gcm.key_size:
            raise BadSeal("the wrapped key has the wrong length")
        return content_key

    def open(self, sealed: Sealed, *, aad: bytes) -> bytes:
        """Return the plaintext, or refuse with ``BadSeal``."""
        return unseal(sealed, aad=aad, cipher=Sm4Gcm, unwrap=self._unwrap_once)
