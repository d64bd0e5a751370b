"""Nobody is believed for a file: two people compare the key, then messages flow."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as sizes
from hypothesis import strategies as st
from pydantic import ValidationError

from xiezhi.contracts.traffic import SiteRole
from xiezhi.exchange.actions.decline_key import decline_key
from xiezhi.exchange.introduction import MAX_BYTES, read_introduction
from xiezhi.exchange.models import Peer
from xiezhi.exchange.refusals import (
    FingerprintDiffers,
    IntroductionRefused,
    KeyUnusable,
)
from xiezhi.exchange.roster import peers
from xiezhi.exchange.states import PeerState, ProposalState
from xiezhi.exchange.tests.fresh import ADMIN, hear, introduction_of, proposals, take_in
from xiezhi.exchange.tests.notes import AT
from xiezhi.foundation.machine import MoveRefused
from xiezhi.foundation.transactions import acting
from xiezhi.security.keys import KeyRing, PeerBook, forget
from xiezhi.security.keys.peers import revoke_peer_key
from xiezhi.security.keys.rotation import rotate_identity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("court")]


def changed(data: bytes, **values: object) -> bytes:
    told = json.loads(data)
    told["introduction"].update(values)
    return json.dumps(told).encode()


def test_an_introduction_tells_who_with_which_keys_and_what(bank: KeyRing, court: Path) -> None:
    told = read_introduction(introduction_of(bank))
    ours = read_introduction(introduction_of(KeyRing.load(court), SiteRole.COURT, "江州法院"))

    assert (told.site, told.role, told.name) == ("bank", SiteRole.PARTNER, "江州银行")
    assert told.identities() == bank.public_identities()
    assert (told.offers, told.wants) == ((), ())
    assert ours.wants == ("application.submitted",)
    assert "application.accepted" in ours.offers


def test_an_introduction_leaves_out_keys_that_ended(court: Path) -> None:
    rotate_identity(court, valid_from=AT + timedelta(days=900))
    told = read_introduction(
        introduction_of(KeyRing.load(court), SiteRole.COURT, at=AT + timedelta(days=1200))
    )

    assert len(told.keys) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"name": "江州支行"},
        {"role": "court"},
        {"wants": ["application.submitted"]},
        {"made_at": "2026-03-02T01:31:00Z"},
        {"site": "court"},
        {"keys": []},
        {"more": 1},
    ],
)
def test_a_changed_introduction_is_refused(bank: KeyRing, values: dict[str, object]) -> None:
    with pytest.raises(IntroductionRefused):
        take_in(changed(introduction_of(bank), **values))

    assert not Peer.objects.exists()


@pytest.mark.parametrize("name", ["a\0b", "最高\u202e院法", "一\n二", "\u200b"])
def test_a_name_that_reads_otherwise_than_it_is_written_is_refused(
    bank: KeyRing, name: str
) -> None:
    with pytest.raises(ValidationError):
        introduction_of(bank, name=name)
    with pytest.raises(IntroductionRefused):
        take_in(changed(introduction_of(bank), name=name))
    with pytest.raises(IntroductionRefused):
        take_in(changed(introduction_of(bank), offers=[name]))


def test_an_introduction_signed_by_a_key_it_does_not_bring_is_refused(
    bank: KeyRing, court: Path
) -> None:
    told, other = (
        json.loads(introduction_of(bank)),
        json.loads(introduction_of(KeyRing.load(court))),
    )
    told["signature"], told["key_id"] = other["signature"], other["key_id"]

    with pytest.raises(IntroductionRefused, match="不在其中"):
        take_in(json.dumps(told).encode())


def test_an_introduction_of_this_site_or_too_large_is_refused(court: Path) -> None:
    with pytest.raises(IntroductionRefused, match="自己"):
        take_in(introduction_of(KeyRing.load(court), SiteRole.COURT))
    with pytest.raises(IntroductionRefused, match="过大"):
        take_in(b" " * (MAX_BYTES + 1))


@sizes(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=200)
    | st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["introduction", "key_id", "signature", "keys", "v"]),
                inner,
                max_size=4,
            )
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(IntroductionRefused):
        read_introduction(data)


def test_an_unknown_site_stays_proposed_until_its_key_was_compared(
    bank: KeyRing, court: Path
) -> None:
    peer = take_in(introduction_of(bank))
    (key,) = proposals("bank")

    assert (peer.state, peer.display_name, peer.role) == (PeerState.PROPOSED, "江州银行", "partner")
    assert peers() == ("service",)
    assert PeerBook.load(court).identities("bank") == ()

    confirmed = hear(key)
    peer.refresh_from_db()
    assert (confirmed.state, peer.state) == (ProposalState.CONFIRMED, PeerState.ACTIVE)
    assert peers() == ("service", "bank")
    assert PeerBook.load(court).identities("bank") == bank.public_identities()


@pytest.mark.parametrize("heard", ["", "00000000", "ffff ffff"])
def test_a_key_is_not_pinned_for_the_wrong_words(bank: KeyRing, court: Path, heard: str) -> None:
    take_in(introduction_of(bank))
    (key,) = proposals("bank")

    with pytest.raises(FingerprintDiffers):
        hear(key, heard)
    with pytest.raises(FingerprintDiffers):
        hear(key, key.fingerprint[:8])
    assert PeerBook.load(court).identities("bank") == ()
    assert proposals("bank")[0].state == ProposalState.PROPOSED


def test_the_end_of_a_fingerprint_is_not_on_the_page(bank: KeyRing) -> None:
    take_in(introduction_of(bank))
    (key,) = proposals("bank")

    assert key.spoken.replace(" ", "").lower() == key.fingerprint[:-8] + "········"


def test_a_key_is_confirmed_as_it_is_spoken_and_once(bank: KeyRing) -> None:
    take_in(introduction_of(bank))
    (key,) = proposals("bank")
    end = key.fingerprint[-8:].upper()
    hear(key, f" {end[:4]} {end[4:]} ")

    with pytest.raises(MoveRefused):
        hear(key)


def test_a_key_that_has_ended_is_not_pinned(bank: KeyRing) -> None:
    take_in(introduction_of(bank))
    (key,) = proposals("bank")

    with pytest.raises(KeyUnusable):
        hear(key, at=AT + timedelta(days=2000))


def test_the_same_introduction_again_changes_nothing(bank: KeyRing) -> None:
    take_in(introduction_of(bank))
    take_in(introduction_of(bank))
    (key,) = proposals("bank")
    hear(key)
    take_in(introduction_of(bank))

    assert [each.state for each in proposals("bank")] == [ProposalState.CONFIRMED]


def test_a_known_peer_keeps_its_name_and_its_role(bank: KeyRing) -> None:
    take_in(introduction_of(bank))
    hear(proposals("bank")[0])

    peer = take_in(introduction_of(bank, name="别的名称"))
    assert peer.display_name == "江州银行"
    with pytest.raises(IntroductionRefused, match="类别"):
        take_in(introduction_of(bank, role=SiteRole.COURT))


def test_a_site_whose_name_is_a_role_has_no_other(key_directories: dict[str, Path]) -> None:
    service = KeyRing.load(key_directories["service"])
    with pytest.raises(IntroductionRefused, match="类别"):
        take_in(introduction_of(service, SiteRole.PARTNER))

    peer = take_in(introduction_of(service, SiteRole.SERVICE))
    assert (peer.state, proposals("service")) == (PeerState.ACTIVE, [])


def test_a_revoked_key_does_not_come_back_with_a_file(bank: KeyRing, court: Path) -> None:
    take_in(introduction_of(bank))
    hear(proposals("bank")[0])
    revoke_peer_key(court, "bank", bank.identity(AT).key_id, AT)
    forget()
    take_in(introduction_of(bank))

    assert [each.revoked for each in PeerBook.load(court).identities("bank")] == [True]


def test_a_declined_key_may_be_proposed_again(bank: KeyRing) -> None:
    take_in(introduction_of(bank))
    (key,) = proposals("bank")
    with acting(ADMIN):
        decline_key(proposal_id=key.id, actor=ADMIN, at=AT)
    assert proposals("bank")[0].state == ProposalState.DECLINED
    with pytest.raises(MoveRefused):
        hear(key)

    take_in(introduction_of(bank))
    assert proposals("bank")[0].state == ProposalState.PROPOSED
