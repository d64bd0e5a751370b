"""Why a key cannot be used: for operators and logs, never with key material."""

from xiezhi.security.algorithms import CryptoError


class KeyRefused(CryptoError):
    """A key cannot be used."""


class UnknownKey(KeyRefused):
    """No such key: a version that was never made here, or a peer's key nobody has pinned."""


class KeyOutOfTime(KeyRefused):
    """The key exists but was not valid at that time, or has been revoked."""


class KeyFileRefused(KeyRefused):
    """A key file is missing, readable by others, or not what it should be."""
