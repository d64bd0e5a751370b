from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from xiezhi.casework.models import Case, Document, IssuedNumber
from xiezhi.casework.tests.conftest import APPLY, COURT, DECIDED_AT, PLAINTIFF_ID
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.models import AuditEntry
from xiezhi.trial.filing.tests.conftest import at_desk, file

pytestmark = pytest.mark.django_db


def test_case_page_shows_the_register_and_masks_people(desk: Client) -> None:
    case = file()

    page = desk.get(f"/cases/{case.pk}/").content.decode()

    for shown in (
        case.case_number,
        "王甲诉李乙",
        "判令被告归还借款本金48,000元",
        "受理案件通知书",
        "共2份",
        "登记立案",
        "传输中",
    ):
        assert shown in page
    assert PLAINTIFF_ID not in page


def test_party_is_shown_in_full_on_request_and_the_look_is_kept(desk: Client) -> None:
    case = file()
    with acting(APPLY):
        party = case.parties.get(role="plaintiff")
    url = f"/cases/{case.pk}/parties/{party.pk}/"

    shown = desk.get(url).content.decode()
    hidden = desk.get(f"{url}?masked").content.decode()

    assert (PLAINTIFF_ID in shown, PLAINTIFF_ID in hidden) == (True, False)
    with acting(APPLY):
        assert AuditEntry.objects.filter(act="casework.party_revealed").count() == 1


def test_notice_opens_and_downloads_as_a_pdf(desk: Client) -> None:
    case = file()
    with acting(APPLY):
        document = Document.objects.get(source="court")
    url = f"/cases/{case.pk}/documents/{document.pk}/"

    answer, saved = desk.get(url), desk.get(f"{url}?download")

    assert (answer["Content-Type"], b"".join(answer)[:5]) == ("application/pdf", b"%PDF-")
    assert answer["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"].startswith("attachment")
    saved.close()


@pytest.mark.parametrize(
    ("role", "court_id", "page", "file_of_it"),
    [
        ("division_head", "示0102", 200, 200),
        ("trial_mgmt", "示0102", 200, 404),
        ("case_judge", "示0102", 404, 404),
        ("filing_officer", "示0103", 404, 404),
    ],
)
def test_case_and_its_file_open_as_the_roles_say(
    courts: None, role: str, court_id: str, page: int, file_of_it: int
) -> None:
    case = file()
    with acting(APPLY):
        document = Document.objects.get(source="court")
    other = at_desk(role, court_id)

    answers = [
        other.get(f"/cases/{case.pk}/"),
        other.get(f"/cases/{case.pk}/documents/{document.pk}/"),
    ]

    assert [answer.status_code for answer in answers] == [page, file_of_it]
    for answer in answers:
        answer.close()


@pytest.mark.parametrize(("words", "hits"), [("王甲", 1), ("", 2), ("没有此人", 0)])
def test_cases_are_found_by_name(desk: Client, words: str, hits: int) -> None:
    file("王甲")
    file("赵丙")

    page = desk.get("/cases/", {"q": words}).content.decode()

    assert len(re.findall(r'<a href="/cases/[0-9a-f-]{36}/"', page)) == hits
    assert ("没有找到案件" in page) == (hits == 0)


def test_cases_are_found_by_an_id_number_that_no_address_shows(desk: Client) -> None:
    file("王甲")

    page = desk.post("/cases/", {"q": PLAINTIFF_ID}).content.decode()

    assert len(re.findall(r'<a href="/cases/[0-9a-f-]{36}/"', page)) == 1
    assert '<form class="xz-search" role="search" method="post" action="/cases/">' in page
    assert not re.findall(rf'(?:href|action|value|hx-\w+)="[^"]*{PLAINTIFF_ID}', page)


def test_cases_keep_the_search_on_every_page(desk: Client) -> None:
    with acting(APPLY):
        for serial in range(1, 22):
            _register(serial)

    page = desk.get("/cases/?q=民初&page=2").content.decode()

    assert len(re.findall(r'<a href="/cases/[0-9a-f-]{36}/"', page)) == 1
    assert 'href="?q=%E6%B0%91%E5%88%9D&amp;page=1"' in page


def _register(serial: int) -> None:
    number = IssuedNumber.objects.create(
        court_id=COURT,
        year=2026,
        type_code="民初",
        serial=serial,
        text=f"（2026）示0102民初{serial}号",
        issued_at=DECIDED_AT,
    )
    Case.objects.create(
        court_id=COURT,
        number=number,
        case_number=number.text,
        type_code="民初",
        cause="民间借贷纠纷",
        parties_line="王甲诉李乙",
        filing_date=date(2026, 3, 3),
        created_at=DECIDED_AT,
    )
