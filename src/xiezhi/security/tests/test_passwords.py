"""Passwords are kept by Argon2id with the parameters that were measured."""

from django.contrib.auth.hashers import check_password

from xiezhi.security.passwords import Argon2Hasher


def test_password_is_kept_by_argon2id_and_recognised() -> None:
    hasher = Argon2Hasher()
    kept = hasher.encode("正确的口令 1", hasher.salt())
    assert kept.startswith("argon2$argon2id$v=19$m=65536,t=3,p=4$")
    assert check_password("正确的口令 1", kept, preferred="default")
    assert not check_password("错误的口令 1", kept, preferred="default")
