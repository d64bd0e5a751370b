"""What is not in the table does not cross, whoever asks and whoever sends."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from xiezhi.contracts.messages import ApplicationAccepted, ApplicationSubmitted
from xiezhi.contracts.traffic import TRAFFIC, SiteRole
from xiezhi.exchange.models import Direction, InboxMessage, Peer, PeerPermit
from xiezhi.exchange.states import NOT_PERMITTED
from xiezhi.exchange.tests.notes import AT, SEEN, TESTER, Note
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.traffic import may_receive, may_send, own_role, role_of
from xiezhi.foundation.transactions import acting


def permit(direction: Direction, *, allowed: bool, peer: str = "bank") -> None:
    PeerPermit.objects.create(
        peer=peer, direction=direction, type=Note.TYPE, allowed=allowed, decided_at=AT
    )


def test_post_refuses_a_type_the_peer_may_not_be_sent(site: Site) -> None:
    TRAFFIC[Note.TYPE] = frozenset()

    with pytest.raises(ValueError, match="cannot be sent"):
        site.post("one")


def test_receive_refuses_a_type_the_peer_may_not_send_and_goes_on(
    site: Site, peer: PeerSite
) -> None:
    ways, TRAFFIC[Note.TYPE] = TRAFFIC[Note.TYPE], frozenset()
    refused = peer.draft("one")
    peer.send(peer.seal(refused).data)
    site.receive()
    TRAFFIC[Note.TYPE] = ways
    peer.send(peer.seal(peer.draft("two", position=2)).data)
    site.receive()
    site.send()
    peer.collect()

    assert site.inbox() == [("refused", NOT_PERMITTED), ("applied", "")]
    assert peer.outcomes()[refused.id] == ("refused", NOT_PERMITTED)
    assert len(SEEN) == 1


def test_a_type_not_permitted_waits_for_its_place_like_any_other(
    site: Site, peer: PeerSite
) -> None:
    TRAFFIC[Note.TYPE] = frozenset()
    peer.send(peer.seal(peer.draft("two", position=2)).data)
    site.receive()
    assert site.inbox() == [("held", "predecessor")]

    peer.send(peer.seal(peer.draft("one")).data)
    site.receive()
    assert site.inbox() == [("refused", NOT_PERMITTED)] * 2
    with acting(TESTER):
        assert not InboxMessage.objects.filter(receipt_due=False).exists()


@pytest.mark.usefixtures("site")
def test_the_table_knows_directions() -> None:
    submitted, accepted = ApplicationSubmitted.TYPE, ApplicationAccepted.TYPE

    assert (may_receive("service", submitted), may_send("service", submitted)) == (True, False)
    assert (may_receive("service", accepted), may_send("service", accepted)) == (False, True)
    assert not may_receive("court", submitted)


@pytest.mark.usefixtures("site")
def test_what_concerns_the_exchange_crosses_between_all() -> None:
    Peer.objects.create(site="bank", role=SiteRole.PARTNER)

    for name in ("service", "bank", "stranger"):
        assert may_send(name, "exchange.key_offered")
        assert may_receive(name, "exchange.key_offered")


@pytest.mark.usefixtures("site")
def test_a_partner_is_granted_types_one_by_one() -> None:
    Peer.objects.create(site="bank", role=SiteRole.PARTNER)
    assert not may_receive("bank", Note.TYPE)
    permit(Direction.IN, allowed=True)

    assert may_receive("bank", Note.TYPE)
    assert not may_send("bank", Note.TYPE)
    assert not may_receive("post-office", Note.TYPE)


@pytest.mark.usefixtures("site")
def test_the_word_on_a_partner_does_not_touch_the_sites_of_the_table() -> None:
    permit(Direction.IN, allowed=False, peer="service")

    assert may_receive("service", Note.TYPE)


@pytest.mark.usefixtures("site")
def test_a_peer_is_what_its_name_or_its_row_says(settings: Settings) -> None:
    Peer.objects.create(site="service", role=SiteRole.PARTNER)
    Peer.objects.create(site="pudong", role=SiteRole.COURT)

    assert role_of("service") is SiteRole.SERVICE
    assert role_of("pudong") is SiteRole.COURT
    assert role_of("stranger") is SiteRole.PARTNER
    assert own_role() is SiteRole.COURT
    settings.XIEZHI_SITE_ROLE = "partner"
    assert own_role() is SiteRole.PARTNER
