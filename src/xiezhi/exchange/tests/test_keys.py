"""Keys are turned, offered, confirmed, taken back and watched, between any two suites."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from xiezhi.contracts.messages import Message
from xiezhi.contracts.peering import KEYS, KeyOffered, KeyRevoked
from xiezhi.exchange.actions.offer_keys import offer_keys
from xiezhi.exchange.actions.revoke_key import revoke_key
from xiezhi.exchange.actions.revoke_peer_key import revoke_peer_key
from xiezhi.exchange.actions.rotate_key import rotate_key
from xiezhi.exchange.envelope.check import CheckedMessage
from xiezhi.exchange.envelope.message import pack
from xiezhi.exchange.refusals import KeyUnusable, OlderKey
from xiezhi.exchange.states import ProposalState
from xiezhi.exchange.tests.fresh import ADMIN, hear, proposals
from xiezhi.exchange.tests.notes import AT
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site, make_site
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden, NotFound
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.security.keys import KeyRing, PeerBook, PublicIdentity, forget
from xiezhi.security.keys.peers import export_identities, pin_peer
from xiezhi.security.keys.records import SuiteName
from xiezhi.security.keys.rotation import rotate_identity

WEEK = timedelta(days=7)
Keys = dict[str, Path]


@pytest.fixture
def keys(fresh_keys: Keys) -> Keys:
    """Give the keys of both sites, to be turned."""
    return fresh_keys


@pytest.fixture
def sites(keys: Keys, spool: Path, note: None, db: None) -> tuple[Site, PeerSite]:
    """Give the court and its peer, with keys that may be turned."""
    return make_site(keys, spool)


def believe(peer: PeerSite, keys: Keys) -> None:
    """Have the peer read its key files anew."""
    peer.trust = SiteTrust(KeyRing.load(keys["service"]), PeerBook.load(keys["service"]))


def rotate(days: float = 7, algorithm: SuiteName | None = None) -> PublicIdentity:
    with acting(ADMIN):
        begins = AT + timedelta(days=days)
        return rotate_key(valid_from=begins, algorithm=algorithm, actor=ADMIN, at=AT)


def say(peer: PeerSite, message: Message, position: int = 1, at: datetime = AT) -> None:
    """Have the peer send a word on its keys."""
    draft = replace(
        peer.draft("", position=position, conversation=KEYS),
        type=message.TYPE,
        version=message.VERSION,
        created_at=at,
        body=message.model_dump_json().encode(),
    )
    peer.send(pack(draft, peer.trust.sending(peer.other, at)).data)


def heard(peer: PeerSite, type_: type[Message]) -> list[CheckedMessage]:
    peer.collect()
    found = [each for each in peer.messages.values() if each.header.type == type_.TYPE]
    return sorted(found, key=lambda each: each.header.position)


def offer(identity: PublicIdentity) -> KeyOffered:
    return KeyOffered.model_validate(
        identity.record().model_dump(mode="json", exclude={"revoked_at"})
    )


def test_a_new_key_is_offered_under_the_old_one(sites: tuple[Site, PeerSite], keys: Keys) -> None:
    site, peer = sites
    old, new = KeyRing.load(keys["court"]).identity(AT), rotate()
    site.send()

    (word,) = heard(peer, KeyOffered)
    assert word.header.sender_key == old.key_id
    assert KeyOffered.model_validate_json(word.body) == offer(new)


def test_a_key_is_offered_once_to_each_peer_and_never_after_it_began(
    sites: tuple[Site, PeerSite], keys: Keys
) -> None:
    rotate()
    with acting(ADMIN):
        assert offer_keys(actor=ADMIN, at=AT) == 0
        rotate_identity(keys["court"], valid_from=AT + 2 * WEEK)
        forget()
        assert offer_keys(actor=ADMIN, at=AT + 3 * WEEK) == 0
        assert offer_keys(actor=ADMIN, at=AT) == 1


def test_traffic_goes_on_through_a_rotation(sites: tuple[Site, PeerSite], keys: Keys) -> None:
    site, peer = sites
    rotate()
    site.send()
    pin_peer(keys["service"], export_identities(KeyRing.load(keys["court"])))
    believe(peer, keys)
    site.pass_time(days=6)
    signers = []
    for days in (0, 2):
        site.pass_time(days=days)
        note = site.post("one")
        site.send()
        peer.collect()
        signers.append(peer.messages[note].header.sender_key)

    ring = KeyRing.load(keys["court"])
    assert signers == [each.key_id for each in ring.public_identities()]


def test_a_rotation_gives_peers_a_day_at_least(keys: Keys, db: None) -> None:
    with pytest.raises(KeyUnusable, match="一天"):
        rotate(days=0.5)
    rotate(days=30)
    with pytest.raises(KeyUnusable, match="晚于"):
        rotate(days=20)
    with pytest.raises(KeyUnusable, match="没有密钥"):
        rotate(days=365 * 7900)
    assert len(KeyRing.load(keys["court"]).identities) == 2


def test_a_peers_offer_is_proposed_and_pinned_when_it_was_compared(
    sites: tuple[Site, PeerSite], keys: Keys
) -> None:
    site, peer = sites
    new = rotate_identity(keys["service"], valid_from=AT + WEEK, algorithm="international")
    say(peer, offer(new.public))
    site.receive()

    (key,) = proposals("service")
    assert (key.key_id, key.origin, key.state) == (new.key_id, "offer", ProposalState.PROPOSED)
    assert site.inbox() == [("applied", "")]
    assert PeerBook.load(keys["court"]).find("service", new.key_id) is None

    hear(key)
    believe(peer, keys)
    site.pass_time(days=8)
    draft = replace(peer.draft("signed by the new key"), created_at=AT + WEEK)
    peer.send(pack(draft, peer.trust.sending(peer.other, AT + WEEK)).data)
    site.receive()
    assert site.inbox() == [("applied", ""), ("applied", "")]


def test_an_offer_whose_parts_do_not_fit_is_refused(
    sites: tuple[Site, PeerSite], keys: Keys
) -> None:
    site, peer = sites
    new = rotate_identity(keys["service"], valid_from=AT + WEEK)
    say(peer, offer(new.public).model_copy(update={"fingerprint": "0" * 64}))
    site.receive()

    assert site.inbox() == [("refused", KeyUnusable.code)]
    assert proposals("service") == []


def test_an_offer_of_a_pinned_key_changes_nothing(sites: tuple[Site, PeerSite]) -> None:
    site, peer = sites
    say(peer, offer(peer.trust.ring.identity(AT).public))
    site.receive()

    assert site.inbox() == [("applied", "")]
    assert proposals("service") == []


def two_keys(keys: Keys) -> tuple[str, str]:
    """Give the service site a second key, pinned at the court; return old and new."""
    old = KeyRing.load(keys["service"]).identity(AT)
    new = rotate_identity(keys["service"], valid_from=AT + timedelta(hours=1))
    pin_peer(keys["court"], export_identities(KeyRing.load(keys["service"])))
    forget()
    return old.key_id, new.key_id


def test_a_revocation_by_a_newer_key_is_believed_at_once(
    sites: tuple[Site, PeerSite], keys: Keys
) -> None:
    site, peer = sites
    old, new = two_keys(keys)
    late = peer.seal(peer.draft("signed by the old key")).data
    believe(peer, keys)
    site.pass_time(hours=2)
    say(peer, KeyRevoked(key_id=old, revoked_at=AT), at=AT + timedelta(hours=2))
    site.receive()

    book = PeerBook.load(keys["court"])
    assert [each.key_id for each in book.identities("service") if each.revoked] == [old]
    assert site.inbox() == [("applied", "")]
    assert new != old

    peer.send(late)
    site.receive()
    assert site.inbox() == [("applied", "")]


def test_an_old_key_cannot_take_back_a_newer_one(sites: tuple[Site, PeerSite], keys: Keys) -> None:
    site, peer = sites
    _, new = two_keys(keys)
    say(peer, KeyRevoked(key_id=new, revoked_at=AT))
    site.receive()

    assert site.inbox() == [("refused", OlderKey.code)]
    assert not any(each.revoked for each in PeerBook.load(keys["court"]).identities("service"))


def test_a_revocation_declines_a_key_that_was_only_proposed(
    sites: tuple[Site, PeerSite], keys: Keys
) -> None:
    site, peer = sites
    new = rotate_identity(keys["service"], valid_from=AT + WEEK)
    say(peer, offer(new.public))
    say(peer, KeyRevoked(key_id=new.key_id, revoked_at=AT), position=2)
    say(peer, KeyRevoked(key_id="service.unknown", revoked_at=AT), position=3)
    site.receive()

    assert site.inbox() == [("applied", "")] * 3
    assert proposals("service")[0].state == ProposalState.DECLINED


def test_an_own_key_is_revoked_and_every_peer_is_told_by_another(
    sites: tuple[Site, PeerSite], keys: Keys
) -> None:
    site, peer = sites
    old = KeyRing.load(keys["court"]).identity(AT).key_id
    with acting(ADMIN), pytest.raises(KeyUnusable, match="没有别的密钥"):
        revoke_key(key_id=old, actor=ADMIN, at=AT)
    new = rotate().key_id
    pin_peer(keys["service"], export_identities(KeyRing.load(keys["court"])))
    believe(peer, keys)
    site.pass_time(days=8)
    with acting(ADMIN):
        revoke_key(key_id=old, actor=ADMIN, at=site.now)
        with pytest.raises(NotFound):
            revoke_key(key_id="court.unknown", actor=ADMIN, at=site.now)
    site.send()

    (word,) = heard(peer, KeyRevoked)
    assert word.header.sender_key == new
    assert KeyRevoked.model_validate_json(word.body) == KeyRevoked(key_id=old, revoked_at=site.now)


def test_a_peers_key_is_revoked_by_hand(sites: tuple[Site, PeerSite], keys: Keys) -> None:
    site, peer = sites
    key = peer.trust.ring.identity(AT).key_id
    with acting(ADMIN):
        revoke_peer_key(site="service", key_id=key, actor=ADMIN, at=AT)
        with pytest.raises(NotFound):
            revoke_peer_key(site="service", key_id="service.unknown", actor=ADMIN, at=AT)
    forget()
    peer.send(peer.seal(peer.draft("one")).data)
    site.receive()

    assert site.inbox() == []


@pytest.mark.parametrize("role", ["tier1_operator", "filing_judge"])
def test_keys_are_the_administrators_alone(keys: Keys, db: None, role: str) -> None:
    actor = Actor.staff(uuid7(), post_id=uuid7(), unit_id="C1", roles=frozenset({role}))
    key = KeyRing.load(keys["court"]).identity(AT).key_id
    with acting(actor):
        with pytest.raises(Forbidden):
            rotate_key(valid_from=AT + WEEK, algorithm=None, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            revoke_key(key_id=key, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            revoke_peer_key(site="service", key_id="x", actor=actor, at=AT)
        with pytest.raises(Forbidden):
            offer_keys(actor=actor, at=AT)
    assert len(KeyRing.load(keys["court"]).identities) == 1
