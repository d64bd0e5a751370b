"""A process without SM3, or with a wrong one, does not start."""

import hashlib

import pytest

from xiezhi.security.algorithms import CryptoError
from xiezhi.security.algorithms.digests import digest, require_sm3


def test_require_sm3_refuses_an_openssl_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    require_sm3()
    monkeypatch.setattr(hashlib, "algorithms_available", {"sha256"})
    with pytest.raises(CryptoError, match="no SM3"):
        require_sm3()


def test_digest_is_sm3_unless_told_otherwise() -> None:
    assert digest(b"abc") == hashlib.new("sm3", b"abc").digest()
    assert digest(b"abc", "sha256") == hashlib.sha256(b"abc").digest()
