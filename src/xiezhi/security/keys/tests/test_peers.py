"""Peers are believed by pinned key, inside its time, until it is revoked."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from xiezhi.security.algorithms import BadSignature
from xiezhi.security.keys import (
    KeyFileRefused,
    KeyOutOfTime,
    KeyRing,
    PeerBook,
    UnknownKey,
    create_keys,
)
from xiezhi.security.keys.peers import (
    export_identities,
    pin_peer,
    read_introduction,
    revoke_peer_key,
)
from xiezhi.security.keys.rotation import rotate_identity

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=400)


@pytest.fixture
def court(tmp_path: Path) -> Path:
    create_keys(tmp_path / "court" / "keys", AT)
    return tmp_path / "court" / "keys"


@pytest.fixture
def service(tmp_path: Path) -> Path:
    create_keys(tmp_path / "service" / "keys", AT)
    return tmp_path / "service" / "keys"


def introduce(peer: Path, to: Path) -> str:
    text = export_identities(KeyRing.load(peer))
    pin_peer(to, text)
    return KeyRing.load(peer).identity(AT).key_id


def test_pin_peer_lets_both_sites_speak(court: Path, service: Path) -> None:
    key_id = introduce(service, court)
    own = introduce(court, service)
    signature = KeyRing.load(service).signer(AT).sign(b"message")
    book = PeerBook.load(court)
    book.verifier("service", key_id, AT).verify(b"message", signature)
    with pytest.raises(BadSignature):
        book.verifier("service", key_id, AT).verify(b"massage", signature)
    sealed = PeerBook.load(service).sealer("court", AT).seal(b"body", aad=b"header")
    assert KeyRing.load(court).opener(own).open(sealed, aad=b"header") == b"body"


def test_export_holds_no_private_key(service: Path) -> None:
    exported = json.loads(export_identities(KeyRing.load(service)))
    assert sorted(exported["keys"][0]) == [
        "algorithm",
        "fingerprint",
        "key_id",
        "revoked_at",
        "sealing",
        "signing",
        "valid_from",
        "valid_to",
    ]


def test_introduction_shows_the_fingerprint_of_the_peer(service: Path) -> None:
    ring = KeyRing.load(service)
    (introduced,) = read_introduction(export_identities(ring))
    assert introduced.spoken == ring.identity(AT).public.spoken
    assert introduced.spoken.count(" ") == 15


@pytest.mark.parametrize("part", ["signing", "sealing", "fingerprint", "key_id"])
def test_introduction_refuses_keys_that_do_not_fit_their_fingerprint(
    service: Path, court: Path, part: str
) -> None:
    record = json.loads(export_identities(KeyRing.load(service)))
    other = json.loads(export_identities(KeyRing.load(court)))
    record["keys"][0][part] = other["keys"][0][part]
    with pytest.raises(KeyFileRefused):
        read_introduction(json.dumps(record))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"site": "../../etc", "keys": []}'])
def test_introduction_refuses_rubbish(text: str) -> None:
    with pytest.raises(KeyFileRefused):
        read_introduction(text)


def test_book_refuses_strangers_and_unpinned_keys(court: Path, service: Path) -> None:
    book = PeerBook.load(court)
    with pytest.raises(UnknownKey):
        book.sealer("service", AT)
    introduce(service, court)
    with pytest.raises(UnknownKey):
        PeerBook.load(court).verifier("service", "service.0000000000000000", AT)


def test_book_refuses_a_key_outside_its_time(court: Path, service: Path) -> None:
    key_id = introduce(service, court)
    book = PeerBook.load(court)
    for at in (AT - timedelta(seconds=1), AT + timedelta(days=3 * 365)):
        with pytest.raises(KeyOutOfTime):
            book.verifier("service", key_id, at)
        with pytest.raises(KeyOutOfTime):
            book.sealer("service", at)


def test_book_accepts_old_and_new_key_while_they_overlap(court: Path, service: Path) -> None:
    old = introduce(service, court)
    new = rotate_identity(service, valid_from=LATER).key_id
    introduce(service, court)
    book = PeerBook.load(court)
    assert book.verifier("service", old, LATER).key_id == old
    assert book.verifier("service", new, LATER).key_id == new
    assert book.sealer("service", LATER).key_id == new
    assert book.sealer("service", AT).key_id == old


def test_revoke_peer_key_survives_a_second_introduction(court: Path, service: Path) -> None:
    key_id = introduce(service, court)
    revoke_peer_key(court, "service", key_id, LATER)
    introduce(service, court)
    book = PeerBook.load(court)
    with pytest.raises(KeyOutOfTime):
        book.verifier("service", key_id, AT)
    with pytest.raises(KeyOutOfTime):
        book.sealer("service", AT)
    with pytest.raises(UnknownKey):
        revoke_peer_key(court, "service", "service.0000000000000000", LATER)


def test_book_refuses_a_file_under_another_name(court: Path, service: Path) -> None:
    introduce(service, court)
    (court / "peers" / "service.json").rename(court / "peers" / "bank.json")
    with pytest.raises(KeyFileRefused):
        PeerBook.load(court)
