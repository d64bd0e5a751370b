"""Keys of any two suites work together, are watched as they end, and are turned by commands."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from xiezhi.exchange.expiry import keys_expiring
from xiezhi.exchange.introduction import read_introduction
from xiezhi.exchange.models import ProposedKey
from xiezhi.exchange.tests.notes import AT
from xiezhi.exchange.tests.site import make_site
from xiezhi.security.keys import KeyRing, create_keys, forget
from xiezhi.security.keys.peers import export_identities, pin_peer
from xiezhi.security.keys.records import SuiteName
from xiezhi.security.keys.rotation import rotate_identity

WEEK = timedelta(days=7)
Keys = dict[str, Path]


@pytest.fixture
def keys(fresh_keys: Keys) -> Keys:
    """Give the keys of both sites, to be turned."""
    return fresh_keys


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("national", "international"), ("international", "national")],
)
@pytest.mark.usefixtures("court_keys", "note", "db")
def test_sites_of_different_suites_exchange_both_ways(
    ours: SuiteName, theirs: SuiteName, settings: Settings, spool: Path, tmp_path: Path
) -> None:
    folders = {"court": tmp_path / "court" / "keys", "service": tmp_path / "service" / "keys"}
    for name, suite in (("court", ours), ("service", theirs)):
        create_keys(folders[name], AT - timedelta(days=1), algorithm=suite)
    pin_peer(folders["court"], export_identities(KeyRing.load(folders["service"])))
    pin_peer(folders["service"], export_identities(KeyRing.load(folders["court"])))
    settings.XIEZHI_SITE_DIRECTORY = folders["court"].parent
    forget()
    site, peer = make_site(folders, spool)

    asked = peer.draft("one")
    peer.send(peer.seal(asked).data)
    site.receive()
    site.send()
    peer.collect()

    assert peer.texts() == ["one"]
    assert peer.outcomes()[asked.id] == ("applied", "")


@pytest.mark.parametrize(
    ("left", "step"),
    [(31, None), (30, 30), (8, 30), (7, 7), (1.5, 7), (1, 1), (0.5, 1), (0, 0), (-3, 0)],
)
def test_keys_that_end_are_warned_of_at_thirty_seven_and_one_day(
    keys: Keys, left: float, step: int | None
) -> None:
    ends = KeyRing.load(keys["court"]).identity(AT).public.valid_to
    found = {each.site: each for each in keys_expiring(ends - timedelta(days=left))}

    assert (found["court"].step if "court" in found else None) == step
    if step is not None:
        assert (found["court"].own, found["service"].own) == (True, False)
        assert found["court"].days_left == max(int(left // 1), 0)


def test_a_key_that_is_followed_by_another_needs_no_warning(keys: Keys) -> None:
    ends = KeyRing.load(keys["court"]).identity(AT).public.valid_to
    rotate_identity(keys["court"], valid_from=AT + WEEK, valid_to=ends + 9 * WEEK)
    forget()

    assert [each.site for each in keys_expiring(ends)] == ["service"]


def command(*words: str) -> str:
    out = io.StringIO()
    call_command(words[0], *words[1:], stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_the_commands_introduce_rotate_and_revoke(keys: Keys, db: None) -> None:
    told = read_introduction(command("exchange_introduce", "--name", "江州法院").encode())
    assert (told.site, told.role, told.name) == ("court", "court", "江州法院")

    ends = KeyRing.load(keys["court"]).identities[-1].public.valid_to
    begins = f"{ends - WEEK:%Y-%m-%d}"
    printed = command("exchange_keys", "rotate", "--from", begins, "--algorithm", "national")
    new = KeyRing.load(keys["court"]).identities[-1].public
    assert new.spoken in printed
    assert "已告知 0 次" in command("exchange_keys", "offer")
    assert new.key_id in command("exchange_keys", "revoke", new.key_id)
    assert "到期" not in command("exchange_keys", "expiring")
    assert not ProposedKey.objects.exists()


def test_the_commands_say_why_not(keys: Keys, db: None) -> None:
    with pytest.raises(CommandError, match="2026-03-02T09:00"):
        command("exchange_keys", "rotate", "--from", "soon")
    with pytest.raises(CommandError, match="一天"):
        command("exchange_keys", "rotate", "--from", "2026-01-01")
    with pytest.raises(CommandError, match="没有找到"):
        command("exchange_keys", "revoke", "court.unknown")
