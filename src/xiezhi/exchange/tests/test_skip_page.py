"""Closing a gap: offered where a conversation stands still, asked about, done with a reason."""

from __future__ import annotations

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from xiezhi.exchange.models import Skip
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.pages import Pages, staff
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting

PLACE = {"peer": "service", "direction": "in", "conversation": "note:1", "position": "1"}
QUERY = "skip/?peer=service&direction=in&conversation=note%3A1&position=1"
WHY = "对方确认第1条因测试产生，没有业务内容。"


def stands_still(site: Site, peer: PeerSite) -> str:
    draft = peer.draft("second", position=2)
    peer.send(peer.seal(draft).data)
    site.receive()
    return f"messages/{draft.id}/"


def test_a_gap_is_offered_where_it_blocks(site: Site, peer: PeerSite, pages: Pages) -> None:
    page = pages.get(stands_still(site, peer))

    assertContains(page, "跳过第1条")
    assertContains(page, QUERY.replace("&", "&amp;"))


def test_a_gap_is_not_offered_to_who_may_not_close_it(
    site: Site, peer: PeerSite, pages: Pages
) -> None:
    held = stands_still(site, peer)
    pages.actor = staff("tier1_operator")

    assertNotContains(pages.get(held), "跳过第1条")
    with pytest.raises(NotFound):
        pages.get(QUERY)


def test_the_page_says_what_cannot_be_undone(site: Site, peer: PeerSite, pages: Pages) -> None:
    stands_still(site, peer)

    for words in ("跳过之后不能恢复", "第1条", "note:1", "对方发来"):
        assertContains(pages.get(QUERY), words)


def test_closing_a_gap_lets_the_conversation_go_on(
    site: Site, peer: PeerSite, pages: Pages
) -> None:
    stands_still(site, peer)

    response = pages.post("skip/", **PLACE, reason=WHY)
    site.receiver.sweep("service")

    assertRedirects(response, "/operations/exchange/", fetch_redirect_response=False)
    assert site.inbox() == [("applied", "")]
    with acting(TESTER):
        assert [(row.position, row.reason) for row in Skip.objects.all()] == [(1, WHY)]


def test_a_gap_is_not_closed_without_a_reason(site: Site, peer: PeerSite, pages: Pages) -> None:
    stands_still(site, peer)

    assertContains(pages.post("skip/", **PLACE, reason=""), "请写明理由", status_code=422)
    assert site.inbox() == [("held", "predecessor")]


@pytest.mark.parametrize("field", ["peer", "direction", "position"])
def test_a_place_that_is_none_is_not_found(site: Site, pages: Pages, field: str) -> None:
    with pytest.raises(NotFound):
        pages.post("skip/", **(PLACE | {field: ""}), reason=WHY)


def test_a_message_of_ours_may_be_passed_over_until_it_is_settled(site: Site, pages: Pages) -> None:
    ours = site.post("sent", conversation=f"note:{uuid7()}")

    assertContains(pages.get(f"messages/{ours}/"), "direction=out")
