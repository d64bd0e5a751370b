"""Pages before the form."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import enter, id_number, member
from xiezhi.service.desk.models import Application
from xiezhi.service.desk.tests.drafts import COURT, SYSTEM, make_court

pytestmark = pytest.mark.django_db
START = "/filing/filing.civil.private_lending/"


@pytest.fixture
def jia() -> Account:
    return member(1)


def test_kinds_page_lists_what_can_be_filed() -> None:
    assert "民间借贷纠纷起诉" in Client().get("/filing/").content.decode()


def test_start_page_names_materials_fee_and_time() -> None:
    page = Client().get(START).content.decode()

    assert "原告身份证明" in page
    assert "1,000.00元" in page
    assert "七日内" in page


def test_start_page_offers_the_courts_of_a_city() -> None:
    make_court()

    assert "鹤鸣市东渚区人民法院" in Client().get(f"{START}?city=示01").content.decode()


def test_start_page_of_an_unknown_kind_is_not_there() -> None:
    assert Client().get("/filing/filing.unknown/").status_code == 404


def test_start_page_asks_for_a_court(jia: Account) -> None:
    response = enter(Client(), jia).post(START, {"city": "示01"})

    assert response.status_code == 422
    assert "请选择向哪个法院起诉。" in response.content.decode()


def test_the_court_survives_the_login() -> None:
    make_court()

    response = Client().post(START, {"city": "示01", "court": COURT})

    target = urlsplit(response["Location"])
    assert target.path == "/account/login/"
    back = urlsplit(parse_qs(target.query)["next"][0])
    assert parse_qs(back.query) == {"city": ["示01"], "court": [COURT]}


def test_starting_opens_a_draft_that_knows_the_plaintiff(jia: Account) -> None:
    make_court()

    response = enter(Client(), jia).post(START, {"city": "示01", "court": COURT})

    with acting(SYSTEM):
        application = Application.objects.get()
        assert application.payload["plaintiff"]["id_number"] == id_number(1)
        assert application.payload["plaintiff"]["address"] == ""
    assert response["Location"] == f"/applications/{application.pk}/edit/plaintiff/"


def test_the_fee_of_another_persons_draft_is_not_there(jia: Account) -> None:
    make_court()
    enter(Client(), jia).post(START, {"city": "示01", "court": COURT})
    with acting(SYSTEM):
        address = f"/filing/applications/{Application.objects.get().pk}/fee/"

    assert enter(Client(), jia).get(address).status_code == 200
    assert enter(Client(), member(2)).get(address).status_code == 404
