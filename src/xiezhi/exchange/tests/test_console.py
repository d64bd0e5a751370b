"""The operators' page: everything that is stuck is there, with its reason, for operators alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains
from pytest_django.fixtures import DjangoAssertNumQueries

from xiezhi.exchange.actions.note_sight import Sight, note_sight
from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.pages import Pages, staff
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden, LoginRequired
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting

QUERIES = 27


@pytest.fixture
def watched(site: Site) -> Site:
    """Have the exchange process looked a moment ago."""
    with acting(TESTER):
        note_sight(peer="service", sight=Sight(), at=timezone.now(), actor=TESTER)
    return site


def test_the_page_says_so_when_nothing_is_stuck(watched: Site, pages: Pages) -> None:
    response = pages.get()

    for words in ("没有消息卡住", "发出的消息都已有回执", "正常", "与互联网诉讼服务"):
        assertContains(response, words)
    assertNotContains(response, "xz-row-alarm")


def test_messages_under_way_are_no_problem(watched: Site, pages: Pages) -> None:
    watched.post("waiting")

    assertContains(pages.get(), "有1条消息正在收发，都在规定时间以内")


def test_the_page_shows_what_is_stuck_and_why(watched: Site, peer: PeerSite, pages: Pages) -> None:
    peer.send(b"\x00 noise")
    watched.receive()

    response = pages.get()

    assertContains(response, "有1项需要处理：收到未通过核验的文件")
    assertContains(response, "有1份文件被隔离：外层格式损坏。")
    assertContains(response, "/operations/exchange/queues/service/quarantined/?reason=container")


def test_a_message_that_is_too_old_is_named_with_its_age(watched: Site, pages: Pages) -> None:
    late = watched.post("late")
    with acting(TESTER):
        old = timezone.now() - timedelta(hours=3, minutes=4)
        OutboxMessage.objects.filter(pk=late).update(posted_at=old)

    response = pages.get()

    assertContains(response, "最早的一条还没有封装，已过3小时4分钟。")
    assertContains(response, f"/operations/exchange/messages/{late}/")


def test_a_process_that_does_not_run_comes_before_all_else(
    site: Site, peer: PeerSite, pages: Pages
) -> None:
    peer.send(b"\x00 noise")
    site.receive()

    assertContains(pages.get(), "有2项需要处理：交换程序没有运行")


def test_a_part_is_enough_to_keep_the_page_current(watched: Site, pages: Pages) -> None:
    part = pages.get(HX_Request="true").content.decode()

    assert "没有消息卡住" in part
    assert "<html" not in part


@pytest.mark.parametrize(
    "path",
    [
        "",
        "queues/service/held/",
        "alarms/",
        "interventions/",
        "messages/019a0000-0000-7000-8000-000000000000/",
        "skip/",
    ],
)
@pytest.mark.parametrize("actor", [staff("filing_judge"), staff(), Actor.person(uuid7())])
def test_the_pages_are_for_operators_alone(
    site: Site, pages: Pages, actor: Actor, path: str
) -> None:
    pages.actor = actor

    with pytest.raises(Forbidden):
        pages.get(path)


def test_who_is_not_logged_in_is_sent_there(site: Site, pages: Pages) -> None:
    pages.actor = ANONYMOUS

    with pytest.raises(LoginRequired):
        pages.get()


def test_the_page_costs_the_same_for_one_row_and_for_three(
    watched: Site,
    peer: PeerSite,
    pages: Pages,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(2):
        peer.send(peer.seal(peer.draft("late", position=peer.sequence + 2)).data)
        watched.post("one more", conversation=f"note:{peer.sequence}")
        watched.receive()
        with django_assert_num_queries(QUERIES):
            pages.get()
