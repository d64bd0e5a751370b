"""Ed25519 signatures and X25519 sealing, for sites where national cryptography is not asked."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from xiezhi.security.algorithms.aead import NONCE_SIZE, Aes256Gcm
from xiezhi.security.algorithms.envelopes import KEYS_KEPT, BatchSealer, seal, unseal
from xiezhi.security.algorithms.errors import BadKey, BadSeal, BadSignature
from xiezhi.security.algorithms.protocols import KeyPair, Sealed

KEY_SIZE: Final = 32
_PURPOSE: Final = b"xiezhi seal 1"
_ZERO_NONCE: Final = bytes(NONCE_SIZE)


def new_signing_pair() -> KeyPair:
    """Draw an Ed25519 key pair."""
    key = Ed25519PrivateKey.generate()
    return KeyPair(private=key.private_bytes_raw(), public=key.public_key().public_bytes_raw())


def new_sealing_pair() -> KeyPair:
    """Draw an X25519 key pair."""
    key = X25519PrivateKey.generate()
    return KeyPair(private=key.private_bytes_raw(), public=key.public_key().public_bytes_raw())


class Ed25519Signer:
    """Signs with Ed25519.

    Basis: RFC 8032.
    """

    def __init__(self, pair: KeyPair, key_id: str) -> None:
        try:
            self._key = Ed25519PrivateKey.from_private_bytes(pair.private)
        except ValueError:
            raise BadKey("this is not an Ed25519 private key") from None
        if self._key.public_key().public_bytes_raw() != pair.public:
            raise BadKey("the Ed25519 private and public key do not belong together")
        self.key_id = key_id

    def sign(self, message: bytes) -> bytes:
        """Return the signature over ``message``."""
        return self._key.sign(message)


class Ed25519Verifier:
    """Checks Ed25519 signatures of one public key."""

    def __init__(self, public: bytes, key_id: str) -> None:
        try:
            self._key = Ed25519PublicKey.from_public_bytes(public)
        except ValueError:
            raise BadKey("this is not an Ed25519 public key") from None
        self.key_id = key_id

    def verify(self, message: bytes, signature: bytes) -> None:
        """Return silently, or refuse with ``BadSignature``."""
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            raise BadSignature("the signature does not match key and content") from None


def _wrapping(shared: bytes, ephemeral: bytes, recipient: bytes) -> Aes256Gcm:
    # Both public keys enter the derivation, so the wrapping key belongs to this pair alone.
    info = _PURPOSE + ephemeral + recipient
    derived = HKDF(algorithm=SHA256(), length=Aes256Gcm.key_size, salt=None, info=info)
    return Aes256Gcm(derived.derive(shared))


class X25519Sealer:
    """Encrypts to an X25519 public key: AES-256-GCM body, content key by X25519 and HKDF.

    Basis: RFC 7748, RFC 5869.
    """

    def __init__(self, public: bytes, key_id: str) -> None:
        try:
            self._key = X25519PublicKey.from_public_bytes(public)
        except ValueError:
            raise BadKey("this is not an X25519 public key") from None
        self._public = public
        self.key_id = key_id

    def wrap(self, content_key: bytes) -> bytes:
        """Encrypt a content key alone: ephemeral public key, then the wrapped key."""
        once = X25519PrivateKey.generate()
        ephemeral = once.public_key().public_bytes_raw()
        try:
            shared = once.exchange(self._key)
        except ValueError:
            raise BadKey("this X25519 public key has a small order") from None
        # The wrapping key is used once, so a constant nonce is sound.
        wrapping = _wrapping(shared, ephemeral, self._public)
        return ephemeral + wrapping.encrypt(_ZERO_NONCE, content_key, b"")

    def seal(self, plaintext: bytes, *, aad: bytes) -> Sealed:
        """Encrypt under a fresh AES key, bound to ``aad``."""
        return seal(plaintext, aad=aad, cipher=Aes256Gcm, wrap=self.wrap)

    def for_batch(self) -> BatchSealer:
        """Return a sealer of several bodies under one content key."""
        return BatchSealer(self.key_id, Aes256Gcm, self.wrap)


class X25519Opener:
    """Decrypts what was sealed to an X25519 key pair."""

    def __init__(self, pair: KeyPair, key_id: str) -> None:
        try:
            self._key = X25519PrivateKey.from_private_bytes(pair.private)
        except ValueError:
            raise BadKey("this is not an X25519 private key") from None
        if self._key.public_key().public_bytes_raw() != pair.public:
            raise BadKey("the X25519 private and public key do not belong together")
        self._public = pair.public
        self.key_id = key_id
        self._unwrap_once = lru_cache(KEYS_KEPT)(self.unwrap)

    def unwrap(self, wrapped_key: bytes) -> bytes:
        """Return the content key, or refuse with ``BadSeal``."""
        ephemeral, body = wrapped_key[:KEY_SIZE], wrapped_key[KEY_SIZE:]
        try:
            shared = self._key.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        except ValueError:
            raise BadSeal("the wrapped key cannot be opened with this key") from None
        content_key = _wrapping(shared, ephemeral, self._public).decrypt(_ZERO_NONCE, body, b"")
        if len(content_key) != Aes256Gcm.key_size:
            raise BadSeal("the wrapped key has the wrong length")
        return content_key

    def open(self, sealed: Sealed, *, aad: bytes) -> bytes:
        """Return the plaintext, or refuse with ``BadSeal``."""
        return unseal(sealed, aad=aad, cipher=Aes256Gcm, unwrap=self._unwrap_once)
