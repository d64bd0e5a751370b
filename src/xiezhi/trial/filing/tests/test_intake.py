from __future__ import annotations

import pytest
from django.test import Client

from xiezhi.casework.actions.turn_back_material import turn_back_material
from xiezhi.casework.models import Case, Intake
from xiezhi.casework.tests.conftest import APPLY, PLAINTIFF_ID, RECEIVED_AT
from xiezhi.foundation.transactions import acting
from xiezhi.trial.filing.tests.conftest import (
    arrive,
    at_desk,
    file,
    picture_of_paper,
    review,
)

pytestmark = pytest.mark.django_db
REASON = "被告住所地和合同履行地都不在本院辖区，应当向有管辖权的法院起诉。"


def here(intake: Intake, act: str = "") -> str:
    return f"/intakes/{intake.pk}/{act}"


def state_of(intake: Intake) -> str:
    with acting(APPLY):
        intake.refresh_from_db()
    return intake.state


def test_page_shows_the_form_as_it_was_entered(desk: Client) -> None:
    page = desk.get(here(arrive())).content.decode()

    for shown in (
        "王甲诉李乙",
        PLAINTIFF_ID,
        "云汀省鹤鸣市东渚区同心里3号",
        "判令被告承担本案诉讼费用",
        "银行转账",
        "2025年3月1日（周六）",
        "48,000.00元",
        "借款和交付的证据",
    ):
        assert shown in page
    assert "原告（您）" not in page


def test_page_before_the_review_offers_only_to_begin(desk: Client) -> None:
    page = desk.get(here(arrive())).content.decode()

    assert ["开始审查" in page, "确认立案" in page, "确认不予受理" in page] == [True, False, False]


def test_take_up_opens_the_decisions_and_names_who_has_it(desk: Client) -> None:
    intake = arrive()

    page = desk.post(here(intake, "take-up/"), follow=True).content.decode()

    assert ["确认立案" in page, "确认不予受理" in page, "甲子安" in page] == [True] * 3
    assert [f'data-key="{key}"' in page for key in ("a", "x")] == [True, True]


def test_accept_leads_to_the_new_case(desk: Client) -> None:
    intake = review(arrive())

    answer = desk.post(here(intake, "accept/"), {"accept": "yes"})

    with acting(APPLY):
        case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/")
    page = desk.get(answer["Location"]).content.decode()
    assert [case.case_number in page, "受理案件通知书正在送往当事人平台" in page] == [True, True]


def test_accept_without_the_statement_changes_nothing(desk: Client) -> None:
    intake = review(arrive())

    answer = desk.post(here(intake, "accept/"), {})

    assert (answer.status_code, state_of(intake)) == (422, "under_review")
    assert "请先勾选确认，再立案。" in answer.content.decode()


def test_accept_of_a_decided_one_explains_the_conflict(desk: Client) -> None:
    intake = review(arrive())
    desk.post(here(intake, "accept/"), {"accept": "yes"})

    answer = desk.post(here(intake, "accept/"), {"accept": "yes"})

    assert (answer.status_code, "已经办结" in answer.content.decode()) == (409, True)


def test_reject_shows_reason_and_article(desk: Client) -> None:
    intake = review(arrive())
    values = {"ground": "no-jurisdiction", "reason": REASON, "reject": "yes"}

    page = desk.post(here(intake, "reject/"), values, follow=True).content.decode()

    assert (state_of(intake), REASON in page, "第一百二十二条第四项" in page) == (
        "rejected",
        True,
        True,
    )


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ({"reason": REASON, "reject": "yes"}, "请选择不予受理的依据。"),
        ({"ground": "no-claim", "reject": "yes"}, "请写明本案的具体情形。"),
        ({"ground": "no-claim", "reason": "不行", "reject": "yes"}, "理由过于简单"),
        ({"ground": "no-claim", "reason": REASON}, "请先勾选确认，再作出决定。"),
    ],
)
def test_reject_keeps_what_was_typed_and_says_what_is_missing(
    desk: Client, values: dict[str, str], finding: str
) -> None:
    intake = review(arrive())

    answer = desk.post(here(intake, "reject/"), values)

    page = answer.content.decode()
    assert (answer.status_code, state_of(intake), finding in page) == (422, "under_review", True)
    assert values.get("reason", "") in page


@pytest.mark.parametrize(
    ("role", "court_id"),
    [("filing_officer", "示0103"), ("case_judge", "示0102"), ("trial_mgmt", "示0102")],
)
def test_page_and_acts_are_not_there_for_others(courts: None, role: str, court_id: str) -> None:
    intake = review(arrive())
    other = at_desk(role, court_id)

    seen = other.get(here(intake)).status_code
    done = other.post(here(intake, "accept/"), {"accept": "yes"}).status_code

    assert (seen, done in {403, 404}, state_of(intake)) == (404, True, "under_review")


def test_material_pages_are_pictures_made_anew(desk: Client) -> None:
    intake = arrive(picture=picture_of_paper())
    with acting(APPLY):
        material = intake.materials.get()

    answer = desk.get(here(intake, f"materials/{material.pk}/1/"))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "private, no-store"
    assert desk.get(here(intake, f"materials/{material.pk}/9/")).status_code == 404


def test_material_that_has_not_arrived_is_named_and_not_there(desk: Client) -> None:
    intake = arrive()
    with acting(APPLY):
        material = intake.materials.get()

    page = desk.get(here(intake)).content.decode()

    assert ("有材料尚未到达" in page, "传输中，尚未到达" in page) == (True, True)
    assert 'hx-trigger="live:intake.material_arrived' in page
    assert desk.get(here(intake, f"materials/{material.pk}/")).status_code == 404


def test_material_that_was_turned_back_is_named_with_its_fault(desk: Client) -> None:
    intake = arrive()
    with acting(APPLY):
        material = intake.materials.get()
        turn_back_material(
            court_id=intake.court_id,
            source_blob_id=material.source_blob_id,
            fault="files.type",
            actor=APPLY,
            at=RECEIVED_AT,
        )

    page = desk.get(here(intake)).content.decode()

    assert ("有材料未能接收" in page, "未能接收：不是PDF、JPG或者PNG格式" in page) == (True, True)
    assert ("有材料尚未到达" in page, "live:intake.material_arrived" in page) == (False, False)


@pytest.mark.parametrize("part", ["", "1/"])
def test_materials_are_not_there_for_others(courts: None, part: str) -> None:
    intake = arrive(picture=picture_of_paper())
    with acting(APPLY):
        material = intake.materials.get()

    url = here(intake, f"materials/{material.pk}/{part}")

    assert [at_desk(r).get(url).status_code for r in ("case_judge", "division_head")] == [404, 404]


def test_page_of_an_accepted_one_leads_to_the_case(desk: Client) -> None:
    case = file()
    with acting(APPLY):
        intake = case.intake

    page = desk.get(here(intake)).content.decode()

    assert (case.case_number in page, f"/cases/{case.pk}/" in page, "确认立案" in page) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize("act", ["take-up/", "accept/", "reject/"])
def test_an_answer_that_is_reloaded_leads_back_to_the_application(desk: Client, act: str) -> None:
    intake = arrive()
    answer = desk.get(here(intake, act))
    assert (answer.status_code, answer["Location"]) == (302, here(intake))
    assert state_of(intake) == "received"
