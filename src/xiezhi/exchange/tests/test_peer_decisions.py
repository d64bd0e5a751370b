"""What operators decide about peers: suspended or not, which types, and who may decide."""

from __future__ import annotations

import pytest

from xiezhi.contracts.traffic import TRAFFIC
from xiezhi.exchange.actions.confirm_key import confirm_key
from xiezhi.exchange.actions.decline_key import decline_key
from xiezhi.exchange.actions.introduce import introduce
from xiezhi.exchange.actions.move_peer import move_peer
from xiezhi.exchange.actions.permit import permit
from xiezhi.exchange.models import Direction, Peer, PeerPermit, ProposedKey
from xiezhi.exchange.refusals import (
    NotAPartner,
)
from xiezhi.exchange.roster import peers
from xiezhi.exchange.states import PeerState, ProposalState
from xiezhi.exchange.tests.fresh import ADMIN, hear, introduction_of, proposals, take_in
from xiezhi.exchange.tests.notes import AT, Note
from xiezhi.exchange.traffic import may_receive
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden, NotFound
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.machine import MoveRefused
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.models import AuditEntry
from xiezhi.security.keys import KeyRing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("court")]


def test_a_suspended_peer_is_left_out_of_the_roster_until_it_is_resumed(bank: KeyRing) -> None:
    take_in(introduction_of(bank))
    hear(proposals("bank")[0])
    Peer.objects.get_or_create(site="service")
    with acting(ADMIN):
        for site in ("bank", "service"):
            move_peer(site=site, name="suspend", actor=ADMIN, at=AT)
        assert peers() == ()
        with pytest.raises(MoveRefused):
            move_peer(site="bank", name="suspend", actor=ADMIN, at=AT)
        move_peer(site="bank", name="resume", actor=ADMIN, at=AT)
        assert peers() == ("bank",)
        with pytest.raises(NotFound):
            move_peer(site="stranger", name="suspend", actor=ADMIN, at=AT)


@pytest.mark.usefixtures("note")
def test_a_partner_is_permitted_types_and_others_are_not(bank: KeyRing) -> None:
    TRAFFIC[Note.TYPE] = frozenset()
    take_in(introduction_of(bank))
    Peer.objects.get_or_create(site="service")

    def decide(peer: str, type_: str, *, allowed: bool) -> None:
        with acting(ADMIN):
            permit(
                peer=peer,
                direction=Direction.IN,
                type_=type_,
                allowed=allowed,
                actor=ADMIN,
                at=AT,
            )

    decide("bank", Note.TYPE, allowed=True)
    assert may_receive("bank", Note.TYPE)
    decide("bank", Note.TYPE, allowed=False)
    assert not may_receive("bank", Note.TYPE)
    assert PeerPermit.objects.count() == 1
    with pytest.raises(NotAPartner):
        decide("service", Note.TYPE, allowed=True)
    with pytest.raises(NotFound):
        decide("bank", "no.such.type", allowed=True)
    with pytest.raises(NotFound):
        decide("stranger", Note.TYPE, allowed=True)


def staff(*roles: str) -> Actor:
    return Actor.staff(uuid7(), post_id=uuid7(), unit_id="C1", roles=frozenset(roles))


@pytest.mark.parametrize(
    "actor",
    [staff("tier1_operator"), staff("filing_judge"), Actor.person(uuid7()), ANONYMOUS],
    ids=["tier1", "judge", "person", "anonymous"],
)
def test_peers_and_keys_are_decided_by_the_administrator_alone(bank: KeyRing, actor: Actor) -> None:
    data = introduction_of(bank)
    with acting(actor), pytest.raises(Forbidden):
        introduce(data=data, actor=actor, at=AT)
    take_in(data)
    (key,) = proposals("bank")

    with acting(actor), pytest.raises(Forbidden):
        decline_key(proposal_id=key.id, actor=actor, at=AT)
    end = key.fingerprint[-8:]
    with acting(actor), pytest.raises(Forbidden):
        confirm_key(proposal_id=key.id, heard=end, actor=actor, at=AT)
    assert ProposedKey.objects.get().state == ProposalState.PROPOSED
    hear(key)
    with acting(actor):
        with pytest.raises(Forbidden):
            move_peer(site="bank", name="suspend", actor=actor, at=AT)
        with pytest.raises(Forbidden):
            permit(
                peer="bank",
                direction=Direction.IN,
                type_="application.submitted",
                allowed=True,
                actor=actor,
                at=AT,
            )
    assert Peer.objects.get(site="bank").state == PeerState.ACTIVE


def test_each_decision_is_audited(bank: KeyRing) -> None:
    take_in(introduction_of(bank))
    hear(proposals("bank")[0])
    with acting(ADMIN):
        move_peer(site="bank", name="suspend", actor=ADMIN, at=AT)

    with acting(Actor.system("test")):
        acts = list(AuditEntry.objects.order_by("id").values_list("act", flat=True))
    assert acts == [
        "exchange.peer_introduced",
        "exchange.key_confirmed",
        "exchange.peer_suspend",
    ]
