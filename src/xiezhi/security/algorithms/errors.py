"""Failures of cryptography: they name what failed and never carry a secret."""

from __future__ import annotations


class CryptoError(Exception):
    """A cryptographic operation that did not succeed."""


class BadKey(CryptoError):
    """A key has the wrong length, is no point of the curve, or does not belong to its pair."""


class BadSignature(CryptoError):
    """A signature was not made by this key over these bytes."""


class BadSeal(CryptoError):
    """Sealed bytes were changed, cut, reordered, or sealed under another key or context."""
