"""The page tells an operator whether the site can be restored; nobody else sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.operations.continuity import views
from xiezhi.operations.continuity.models import Backup, Drill
from xiezhi.operations.continuity.tables import spoken
from xiezhi.operations.continuity.tests.conftest import backup, drill, staff

pytestmark = pytest.mark.django_db
Page = Callable[..., HttpResponse]
QUERIES = 4


@pytest.fixture
def page(settings: Settings, rf: RequestFactory) -> Page:
    """Ask for the page as an actor."""
    settings.XIEZHI_SHELL = "xiezhi.foundation.pages.shell.plain_portal"

    def ask(actor: Actor, number: int = 1) -> HttpResponse:
        request = rf.get("/operations/drill/", {"page": number})
        request.actor = actor  # type: ignore[attr-defined]  # the door sets it
        request._messages = []  # type: ignore[attr-defined]  # no session here
        return views.drill_page(request)  # type: ignore[arg-type]

    return ask


def test_the_page_shows_the_last_drill_and_what_it_found(page: Page) -> None:
    now = timezone.now()
    Backup.objects.bulk_create([backup(now)])
    Drill.objects.bulk_create([drill(now - timedelta(days=1)), drill(now, finding="文件甲缺失")])

    response = page(staff("system_admin"))

    for words in ("最近一次演练没有通过", "核对文件：文件甲缺失", "1分15秒", "4.8MB", "没有通过"):
        assertContains(response, words)
    assertNotContains(response, "可以恢复")


@pytest.mark.parametrize(
    ("backup_days", "drill_days", "words"),
    [
        (None, None, "没有备份"),
        (0, None, "没有演练过"),
        (0, 0, "可以恢复"),
        (3, 0, "最近的备份已超过两天"),
        (0, 93, "已有一季度没有演练"),
    ],
)
def test_the_page_says_in_one_line_how_the_site_stands(
    page: Page, backup_days: int | None, drill_days: int | None, words: str
) -> None:
    now = timezone.now()
    if backup_days is not None:
        Backup.objects.bulk_create([backup(now - timedelta(days=backup_days))])
    if drill_days is not None:
        Drill.objects.bulk_create([drill(now - timedelta(days=drill_days))])

    assertContains(page(staff("tier1_operator")), words)


@pytest.mark.parametrize("actor", [ANONYMOUS, Actor.person(uuid7()), staff("judge"), staff()])
def test_the_page_is_for_operators(page: Page, actor: Actor) -> None:
    with acting(actor), pytest.raises(Forbidden):
        page(actor)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(
    page: Page, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Drill.objects.bulk_create([drill() for _ in range(count)])

    with django_assert_num_queries(QUERIES):
        page(staff("system_admin"))


def test_the_history_has_pages(page: Page) -> None:
    Drill.objects.bulk_create([drill() for _ in range(views.ON_PAGE + 1)])

    assertContains(page(staff("system_admin"), 2), "page=1")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.04, "不到0.1秒"), (59.9, "59.9秒"), (61.6, "1分2秒")]
)
def test_durations_are_spoken(seconds: float, words: str) -> None:
    assert spoken(seconds) == words
