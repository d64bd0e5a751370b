"""The key ring: made once, read by its owner only, turned without losing what was encrypted."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from xiezhi.security.algorithms import BadSeal, CryptoError
from xiezhi.security.keys import (
    KeyFileRefused,
    KeyOutOfTime,
    KeyRing,
    UnknownKey,
    WrappedKey,
    create_keys,
)
from xiezhi.security.keys.errors import KeyRefused
from xiezhi.security.keys.records import SuiteName, suite_name
from xiezhi.security.keys.rotation import (
    revoke_identity,
    rotate_identity,
    rotate_master,
    rotate_secret,
)

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=400)
FILES = ("master.json", "field.json", "index.json", "identity.json")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    folder = tmp_path / "court" / "keys"
    create_keys(folder, AT)
    return folder


def contents(directory: Path) -> dict[str, bytes]:
    return {name: (directory / name).read_bytes() for name in FILES}


def test_create_keys_makes_a_ring_named_after_its_site(directory: Path) -> None:
    ring = KeyRing.load(directory)
    assert ring.site == "court"
    assert ring.suite.name == "national"
    assert ring.identity(AT).key_id.startswith("court.")


def test_create_keys_closes_directory_and_files_to_others(directory: Path) -> None:
    assert directory.stat().st_mode & 0o777 == 0o700
    assert {(directory / name).stat().st_mode & 0o777 for name in FILES} == {0o600}
    assert sorted(path.name for path in directory.iterdir()) == sorted(FILES)


def test_create_keys_never_overwrites(directory: Path) -> None:
    before = contents(directory)
    create_keys(directory, LATER)
    assert contents(directory) == before


@pytest.mark.parametrize("missing", FILES[1:])
def test_create_keys_completes_what_a_power_cut_left(directory: Path, missing: str) -> None:
    before = contents(directory)
    (directory / missing).unlink()
    create_keys(directory, AT)
    after = contents(directory)
    assert {name for name in FILES if after[name] == before[name]} == set(FILES) - {missing}


def test_create_keys_refuses_a_new_master_for_old_keys(directory: Path) -> None:
    (directory / "master.json").unlink()
    with pytest.raises(KeyFileRefused, match=r"master\.json is missing"):
        create_keys(directory, AT)


@pytest.mark.parametrize("algorithm", ["national", "international"])
def test_create_keys_takes_the_suite(tmp_path: Path, algorithm: SuiteName) -> None:
    ring = create_keys(tmp_path / "court" / "keys", AT, algorithm=algorithm)
    signature = ring.signer(AT).sign(b"message")
    ring.identity(AT).public.verifier().verify(b"message", signature)
    sealed = ring.identity(AT).public.sealer().seal(b"body", aad=b"")
    assert ring.opener(ring.identity(AT).key_id).open(sealed, aad=b"") == b"body"
    assert ring.identity(AT).public.algorithm == algorithm


def test_suite_name_refuses_what_is_no_suite() -> None:
    assert suite_name("international") == "international"
    with pytest.raises(CryptoError, match="rot13"):
        suite_name("rot13")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_load_refuses_a_file_open_to_others(directory: Path, mode: int) -> None:
    (directory / "field.json").chmod(mode)
    with pytest.raises(KeyFileRefused, match="open to others"):
        KeyRing.load(directory)


def test_load_refuses_a_malformed_file_without_quoting_it(directory: Path) -> None:
    (directory / "field.json").write_text('{"purpose": "c2VjcmV0"}')
    with pytest.raises(KeyFileRefused) as refusal:
        KeyRing.load(directory)
    assert "c2VjcmV0" not in str(refusal.value)


def test_load_refuses_the_master_key_of_another_site(directory: Path, tmp_path: Path) -> None:
    create_keys(tmp_path / "service" / "keys", AT)
    (directory / "master.json").write_bytes(
        (tmp_path / "service" / "keys" / "master.json").read_bytes()
    )
    with pytest.raises(BadSeal):
        KeyRing.load(directory)


def test_load_refuses_a_field_key_in_place_of_an_index_key(directory: Path) -> None:
    (directory / "index.json").write_bytes((directory / "field.json").read_bytes())
    with pytest.raises(KeyFileRefused):
        KeyRing.load(directory)


def test_files_hold_no_secret_but_the_master_key(directory: Path) -> None:
    ring = KeyRing.load(directory)
    wrapped = b"".join(contents(directory)[name] for name in FILES[1:])
    for secret in (ring.fields.current.secret, ring.identity(AT).signing.private):
        assert secret.hex().encode() not in wrapped
    assert "secret" not in repr(ring)
    assert ring.master.current.secret.hex() not in repr(ring)


def test_rotate_master_keeps_every_key_readable(directory: Path) -> None:
    before = KeyRing.load(directory)
    data_key = os.urandom(16)
    wrapped = before.wrap_data_key(data_key, context=b"blob")
    assert rotate_master(directory, LATER) == 2
    after = KeyRing.load(directory)
    assert after.fields.current == before.fields.current
    assert after.identity(AT).signing.private == before.identity(AT).signing.private
    assert after.unwrap_data_key(wrapped, context=b"blob") == data_key
    assert after.wrap_data_key(data_key, context=b"blob").version == 2


@pytest.mark.parametrize("purpose", ["field", "index"])
def test_rotate_secret_adds_a_version(directory: Path, purpose: str) -> None:
    before = KeyRing.load(directory)
    rotate_secret(directory, "field" if purpose == "field" else "index", LATER)
    after = KeyRing.load(directory)
    old, new = (before.fields, after.fields) if purpose == "field" else (before.index, after.index)
    assert new.current.version == 2
    assert new.get(1) == old.current
    assert new.current.secret != old.current.secret


def test_rotate_identity_signs_with_the_new_key_from_its_day_on(directory: Path) -> None:
    old = KeyRing.load(directory).identity(AT)
    new = rotate_identity(directory, valid_from=LATER)
    ring = KeyRing.load(directory)
    assert ring.identity(LATER - timedelta(seconds=1)).key_id == old.key_id
    assert ring.identity(LATER).key_id == new.key_id
    assert ring.opener(old.key_id).key_id == old.key_id
    with pytest.raises(KeyRefused):
        rotate_identity(directory, valid_from=AT)


def test_identity_refuses_a_time_outside_its_validity(directory: Path) -> None:
    ring = KeyRing.load(directory)
    with pytest.raises(KeyOutOfTime):
        ring.signer(AT - timedelta(seconds=1))
    with pytest.raises(KeyOutOfTime):
        ring.signer(AT + timedelta(days=3 * 365))


def test_data_key_is_bound_to_its_context_and_version(directory: Path) -> None:
    ring = KeyRing.load(directory)
    wrapped = ring.wrap_data_key(b"k" * 16, context=b"blob one")
    with pytest.raises(BadSeal):
        ring.unwrap_data_key(wrapped, context=b"blob two")
    with pytest.raises(UnknownKey):
        ring.unwrap_data_key(WrappedKey(9, wrapped.wrapped), context=b"blob one")


def test_rotate_identity_goes_over_to_another_suite_and_survives_a_new_master(
    directory: Path,
) -> None:
    new = rotate_identity(directory, valid_from=LATER, algorithm="international")
    rotate_master(directory, AT)
    ring = KeyRing.load(directory)

    assert ring.identity(AT).public.algorithm == "national"
    assert ring.identity(LATER).public == new.public
    signature = ring.signer(LATER).sign(b"message")
    ring.identity(LATER).public.verifier().verify(b"message", signature)


def test_revoke_identity_signs_with_another_and_still_opens(directory: Path) -> None:
    old = KeyRing.load(directory).identity(AT)
    sealed = old.public.sealer().seal(b"body", aad=b"header")
    with pytest.raises(KeyRefused, match="rotate first"):
        revoke_identity(directory, old.key_id, LATER)
    new = rotate_identity(directory, valid_from=LATER)
    revoked = revoke_identity(directory, old.key_id, LATER)
    revoke_identity(directory, old.key_id, LATER + timedelta(days=1))
    rotate_master(directory, AT)

    ring = KeyRing.load(directory)
    assert revoked.public.revoked_at == LATER
    assert [each.revoked_at for each in ring.public_identities()] == [LATER, None]
    assert ring.identity(LATER).key_id == new.key_id
    assert ring.opener(old.key_id).open(sealed, aad=b"header") == b"body"


def test_revoke_identity_refuses_a_key_it_does_not_have(directory: Path) -> None:
    with pytest.raises(UnknownKey):
        revoke_identity(directory, "court.0000", AT)
