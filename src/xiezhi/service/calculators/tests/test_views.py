"""The public pages: open to all, prefilled by an address, one main act, no scripts needed."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from xiezhi.law import parameters
from xiezhi.law.parameters import Status
from xiezhi.service.calculators import sources
from xiezhi.service.calculators.answers import STANDING
from xiezhi.service.calculators.catalogue import CALCULATORS
from xiezhi.service.calculators.tests import asking

pytestmark = pytest.mark.django_db


def test_index_leads_to_every_calculator(client: Client) -> None:
    shown = asking.words_of(client.get("/law/"))
    for one in CALCULATORS:
        assert f'href="/law/{one.code}/"' in shown
        assert client.get(f"/law/{one.code}/").status_code == 200
    assert 'href="/law/sources/"' in shown


@pytest.mark.parametrize("one", CALCULATORS, ids=lambda one: one.code)
def test_form_asks_every_question_and_posts(client: Client, one: asking.AnyCalculator) -> None:
    shown = asking.words_of(client.get(f"/law/{one.code}/"))
    for question in one.questions(asking.ANY_DAY):
        assert f'name="{question.name}"' in shown
        assert html.escape(question.label) in shown
    assert re.search(
        rf'<form class="lc-form" method="post" action="/law/{one.code}/#answer"', shown
    )
    assert shown.count('class="btn btn-primary"') == 1
    assert 'id="answer"' not in shown


def test_unknown_code_is_not_found(client: Client) -> None:
    assert client.get("/law/horoscope/").status_code == 404


def test_address_with_half_a_question_fills_the_form(client: Client) -> None:
    response = client.get("/law/period/", {"kind": "appeal-judgment"})
    shown = asking.words_of(response)
    assert response.status_code == 200
    assert '<option value="appeal-judgment" selected>' in shown
    assert 'id="error-summary"' not in shown


def test_address_with_more_than_the_question_is_answered(client: Client) -> None:
    response = client.get("/law/fee/", {"kind": "labour", "utm_source": "newsletter"})
    assert "10.00元" in asking.words_of(response)


def test_shared_link_asks_the_same_again(client: Client) -> None:
    page = asking.page(client, "fee", {"kind": "property", "amount": "20000", "halving": "summary"})
    found = re.search(r'lc-link">[^<]*<a href="http://testserver([^"]+)"', asking.words_of(page))
    assert found is not None
    assert "150.00元" in asking.words_of(client.get(html.unescape(found[1])))


def test_period_shows_the_days_that_move_its_end(client: Client) -> None:
    fields: asking.Fields = {"kind": "appeal-judgment", "start": "2026-02-06"}
    days = asking.interface(client, "period", fields).json()["days"]
    assert [(day["date"], day["rest"], day["mark"]) for day in days] == [
        ("2026-02-19", True, ""),
        ("2026-02-20", True, ""),
        ("2026-02-21", True, "数到之日"),
        ("2026-02-22", True, ""),
        ("2026-02-23", True, ""),
        ("2026-02-24", False, "最后一日"),
        ("2026-02-25", False, ""),
    ]
    shown = asking.words_of(asking.page(client, "period", fields))
    assert shown.count("lc-day-rest") == 5
    assert shown.count("lc-day-end") == 1


def test_unpublished_year_is_a_doubt_not_a_guess(client: Client) -> None:
    fields: asking.Fields = {"kind": "appeal-judgment", "start": "2098-12-01"}
    document = asking.interface(client, "period", fields).json()
    assert [doubt["code"] for doubt in document["doubts"]] == ["calendar.missing-year"]
    assert document["days"] == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "divorce", "province": "示"}, STANDING[Status.CONVENTION]),
        ({"kind": "property", "amount": "1", "province": "示"}, ""),
    ],
)
def test_only_rules_that_were_used_are_doubted(
    client: Client, fields: asking.Fields, words: str
) -> None:
    doubts = asking.interface(client, "fee", fields).json()["doubts"]
    assert [doubt["text"].partition("：")[0] for doubt in doubts] == ([words] if words else [])


def test_sources_list_every_rule_that_is_not_verified(client: Client) -> None:
    shown = html.unescape(asking.words_of(client.get("/law/sources/")))
    document = client.get("/api/law/sources").json()
    assert len(document["rules"]) == len(parameters.sources())
    for entry in parameters.sources():
        assert entry.source in shown
    assert f"共{len(parameters.sources(every=True))}项" in shown
    for status in {entry.status for entry in parameters.sources()}:
        assert STANDING[status] in shown


def test_sources_are_named_in_words() -> None:
    for one in sources.unverified():
        assert not re.search(r"[a-z]{4}", one.label + one.subject), one


def test_form_needs_its_own_token_and_no_script() -> None:
    strict = Client(enforce_csrf_checks=True)
    fields = {"kind": "labour"}
    assert strict.post("/law/fee/", fields).status_code == 403
    shown = asking.words_of(strict.get("/law/fee/"))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
    assert token is not None
    answered = strict.post("/law/fee/", {**fields, "csrfmiddlewaretoken": token[1]})
    assert answered.status_code == 200
    assert "10.00元" in asking.words_of(answered)
