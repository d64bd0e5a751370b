from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xiezhi.trial.filing.tests.conftest import arrive, at_desk, file, review

pytestmark = pytest.mark.django_db


def queries_for(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("url", ["/", "/?state=open", "/cases/"])
def test_lists_cost_the_same_with_one_row_and_with_three(desk: Client, url: str) -> None:
    arrive()
    file("赵丙")
    one = queries_for(desk, url)
    for name in ("孙丁", "周戊"):
        arrive(name)
        file(f"{name}某")

    assert queries_for(desk, url) == one


def test_queue_shows_what_waits_with_its_clock(desk: Client) -> None:
    arrive("王甲")
    review(arrive("赵丙"))
    file("孙丁")

    page = desk.get("/").content.decode()

    assert ["王甲诉李乙" in page, "赵丙诉李乙" in page, "孙丁诉李乙" in page] == [True, True, False]
    assert ("已逾期" in page, "2026年3月9日（周一）" in page) == (True, True)


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("open", ["王甲"]),
        ("claimed", ["赵丙"]),
        ("done", ["孙丁"]),
        ("overdue", ["王甲", "赵丙"]),
        ("nonsense", ["王甲", "赵丙"]),
    ],
)
def test_queue_is_filtered_by_state(desk: Client, state: str, names: list[str]) -> None:
    arrive("王甲")
    review(arrive("赵丙"))
    file("孙丁")

    page = desk.get(f"/?state={state}").content.decode()

    assert [name for name in ("王甲", "赵丙", "孙丁") if f"{name}诉李乙" in page] == names


def test_queue_answers_htmx_with_the_list_alone(desk: Client) -> None:
    arrive()

    part = desk.get("/", headers={"HX-Request": "true"}).content.decode()

    assert (part.strip().startswith('<section id="queue"'), "<html" in part) == (True, False)
    assert 'hx-trigger="live:intake"' in part


def test_queue_masks_nothing_because_it_shows_nothing_confidential(desk: Client) -> None:
    intake = arrive()

    page = desk.get("/").content.decode()

    confidential = intake.payload["plaintiff"]
    assert [confidential[key] in page for key in ("id_number", "phone", "address")] == [False] * 3


@pytest.mark.parametrize(
    ("role", "status"),
    [("case_judge", 200), ("system_admin", 302), ("division_head", 302), ("trial_mgmt", 302)],
)
def test_queue_is_for_the_filing_desk(courts: None, role: str, status: int) -> None:
    arrive()

    answer = at_desk(role).get("/")

    assert (answer.status_code, "王甲" in answer.content.decode()) == (status, False)


def test_queue_of_another_court_is_empty(courts: None) -> None:
    arrive()

    page = at_desk("filing_officer", "示0103").get("/").content.decode()

    assert ("王甲诉李乙" in page, "没有需要办理的申请" in page) == (False, True)


def test_queue_sends_strangers_to_the_login(courts: None) -> None:
    assert Client().get("/")["Location"] == "/account/login/?next=/"
