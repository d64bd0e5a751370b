"""The operator's command turns and pins keys, and trusts nobody without a fingerprint."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from xiezhi.security.keys import KeyRing, PeerBook, create_keys, forget
from xiezhi.security.keys.peers import export_identities

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def directory(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.XIEZHI_SITE_DIRECTORY = tmp_path / "court"
    create_keys(tmp_path / "court" / "keys", AT)
    yield tmp_path / "court" / "keys"
    forget()


@pytest.fixture
def peer(tmp_path: Path) -> KeyRing:
    return create_keys(tmp_path / "service" / "keys", AT)


def keys(*words: object) -> str:
    out = io.StringIO()
    call_command("keys", *map(str, words), stdout=out)
    return out.getvalue()


def test_show_prints_versions_and_fingerprints_but_no_secret(directory: Path) -> None:
    ring = KeyRing.load(directory)
    shown = keys("show")
    assert ring.identity(AT).public.spoken in shown
    assert "主密钥：当前第 1 版，2026-03-02 启用" in shown
    assert ring.master.current.secret.hex() not in shown


def test_pin_takes_a_peer_whose_fingerprint_was_told(
    directory: Path, peer: KeyRing, tmp_path: Path
) -> None:
    introduction = tmp_path / "service.json"
    introduction.write_text(export_identities(peer))
    with pytest.raises(CommandError, match="指纹与文件中的公钥不一致"):
        keys("pin", introduction, "--fingerprint", "00")
    assert PeerBook.load(directory).by_site == {}
    told = peer.identity(AT).public
    keys("pin", introduction, "--fingerprint", told.spoken)
    assert PeerBook.load(directory).find("service", told.key_id) == told
    assert "（已吊销）" not in keys("show")
    keys("revoke", "service", told.key_id)
    assert "（已吊销）" in keys("show")


def test_export_is_what_a_peer_pins(directory: Path) -> None:
    assert keys("export") == export_identities(KeyRing.load(directory))


@pytest.mark.parametrize("purpose", ["master", "field", "index"])
def test_rotate_adds_a_version(directory: Path, purpose: str) -> None:
    assert "第 2 版" in keys("rotate", purpose)
    ring = KeyRing.load(directory)
    held = {"master": ring.master, "field": ring.fields, "index": ring.index}[purpose]
    assert held.current.version == 2


def test_rotate_identity_needs_a_day_to_begin(directory: Path) -> None:
    with pytest.raises(CommandError, match="请用 --from"):
        keys("rotate", "identity")
    keys("rotate", "identity", "--from", "2027-01-01T00:00")
    assert len(KeyRing.load(directory).identities) == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
def test_renew_goes_through_every_table() -> None:
    assert "剩余 0 行" in keys("renew")
