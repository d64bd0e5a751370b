"""The operators' page: everything that is stuck is there, with its reason, for operators alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django.asserts import assertContains
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.views import console
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting


def staff(*roles: str) -> Actor:
    """Name a member of staff in a post with these roles."""
    return Actor.staff(uuid7(), post_id=uuid7(), unit_id="C1", roles=frozenset(roles), name="运维")


@pytest.fixture
def page(settings: Settings, rf: RequestFactory) -> Callable[[Actor], HttpResponse]:
    """Ask for the page as an actor."""
    settings.XIEZHI_PEERS = ["service"]
    settings.XIEZHI_SHELL = "xiezhi.foundation.pages.shell.plain_portal"

    def ask(actor: Actor) -> HttpResponse:
        request = rf.get("/operations/exchange/")
        request.actor = actor  # type: ignore[attr-defined]  # the door sets it
        request._messages = []  # type: ignore[attr-defined]  # no session here
        with acting(actor):
            return console.console(request)  # type: ignore[arg-type]

    return ask


Page = Callable[[Actor], HttpResponse]


def test_the_page_shows_what_is_stuck_and_why(site: Site, peer: PeerSite, page: Page) -> None:
    site.post("waiting")
    peer.send(peer.seal(peer.draft("late", position=2)).data)
    peer.send(b"\x00 noise")
    site.receive()

    response = page(staff("system_admin"))

    for words in ("前一条消息尚未到达", "外层格式损坏", "有消息需要核对", "待封装", "test.note"):
        assertContains(response, words)


def test_the_page_says_so_when_nothing_is_stuck(site: Site, page: Page) -> None:
    response = page(staff("tier1_operator"))

    for words in ("没有暂存的消息", "没有隔离的文件", "发出的消息都已有回执", "正常"):
        assertContains(response, words)


@pytest.mark.parametrize(
    "actor", [staff("filing_judge"), staff(), Actor.person(uuid7()), ANONYMOUS]
)
def test_the_page_is_for_operators_alone(site: Site, page: Page, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        page(actor)


def test_the_page_costs_the_same_for_one_row_and_for_three(
    site: Site,
    peer: PeerSite,
    page: Page,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    peer.send(peer.seal(peer.draft("late", position=2)).data)
    site.receive()
    with django_assert_num_queries(13):
        page(staff("system_admin"))

    for position in (3, 4):
        peer.send(peer.seal(peer.draft("late", position=position)).data)
    site.receive()
    with django_assert_num_queries(13):
        page(staff("system_admin"))
