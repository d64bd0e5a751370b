"""Every queue is a list of its own: paginated, narrowed by its reasons, at a known cost."""

from __future__ import annotations

import pytest
from pytest_django.asserts import assertContains, assertNotContains
from pytest_django.fixtures import DjangoAssertNumQueries

from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.pages import Pages
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.watch.counts import PER_PAGE
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.transactions import acting

LIST_QUERIES = 7  # two of them for the rows, one for the roster, four for the transaction


def test_what_waits_is_listed_with_its_state(site: Site, pages: Pages) -> None:
    message = site.post("waiting")

    response = pages.get("queues/service/waiting/")

    for words in ("待封装", "按顺序发出", "test.note", f"/messages/{message}/"):
        assertContains(response, words)


def test_what_was_sent_is_listed_until_its_receipt(site: Site, pages: Pages) -> None:
    site.post("sent")
    site.send()

    assertContains(pages.get("queues/service/unacknowledged/"), "尚无回执")


def test_what_is_held_is_listed_with_its_reason_and_narrowed(
    site: Site, peer: PeerSite, pages: Pages
) -> None:
    peer.send(peer.seal(peer.draft("late", position=2)).data)
    site.receive()

    assertContains(pages.get("queues/service/held/"), "前一条消息尚未到达")
    assertContains(pages.get("queues/service/held/?reason=handler"), "只列出：办理时程序出错")
    assertNotContains(pages.get("queues/service/held/?reason=handler"), "test.note")
    assertNotContains(pages.get("queues/service/held/?reason=nonsense"), "只列出")


def test_what_failed_a_check_is_listed(site: Site, peer: PeerSite, pages: Pages) -> None:
    peer.send(b"\x00 noise")
    site.receive()

    assertContains(pages.get("queues/service/quarantined/"), "外层格式损坏")


@pytest.mark.parametrize(
    "name", ["waiting", "unacknowledged", "held", "quarantined", "attachments"]
)
def test_an_empty_queue_says_so(site: Site, pages: Pages, name: str) -> None:
    assertContains(pages.get(f"queues/service/{name}/"), "xz-empty")


def test_a_long_queue_has_pages(site: Site, pages: Pages) -> None:
    with acting(TESTER):
        OutboxMessage.objects.bulk_create(
            OutboxMessage(
                dst="service",
                conversation="note:1",
                position=number,
                type="test.note",
                version=1,
                act_at="2026-03-02T01:30Z",
            )
            for number in range(PER_PAGE + 1)
        )

    assert pages.text("queues/service/waiting/").count('data-label="消息种类"') == PER_PAGE
    assert pages.text("queues/service/waiting/?page=2").count('data-label="消息种类"') == 1


@pytest.mark.parametrize("path", ["queues/bank/held/", "queues/service/nonsense/"])
def test_there_is_no_queue_of_strangers(site: Site, pages: Pages, path: str) -> None:
    with pytest.raises(NotFound):
        pages.get(path)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_queue_costs_the_same_for_one_row_and_for_three(
    site: Site, pages: Pages, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        site.post("waiting", conversation=f"note:{number}")

    with django_assert_num_queries(LIST_QUERIES):
        pages.get("queues/service/waiting/")
