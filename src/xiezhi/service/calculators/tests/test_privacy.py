"""Identity numbers: in no address, in no log, in no answer, kept by no cache."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from xiezhi.foundation.logs import redact
from xiezhi.service.calculators.catalogue import CALCULATORS
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.reading import Unanswerable
from xiezhi.service.calculators.tests import asking
from xiezhi.service.calculators.tests.asking import ANY_DAY, ID_NUMBER, WRONG_ID_NUMBER
from xiezhi.service.calculators.tests.conftest import Command

pytestmark = pytest.mark.django_db
CLOSED = [one.code for one in CALCULATORS if not one.shareable]


def test_personal_calculators_are_those_with_confidential_questions() -> None:
    for one in CALCULATORS:
        asks = [question.confidential for question in one.questions(ANY_DAY)]
        assert one.personal is any(asks)
        assert not (one.personal and one.shareable)


def test_declare_personal_and_shareable_is_refused() -> None:
    one = next(one for one in CALCULATORS if one.personal)
    with pytest.raises(ValueError, match="cannot be shareable"):
        Calculator(
            code="bad",
            title="",
            helps="",
            icon="id",
            act="",
            questions=one.questions,
            compute=one.compute,
            word=one.word,
            personal=True,
        )


@pytest.mark.parametrize("number", [ID_NUMBER, WRONG_ID_NUMBER])
def test_ask_leaves_the_number_in_no_log(
    client: Client,
    command: Command,
    caplog: pytest.LogCaptureFixture,
    number: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    asking.page(client, "id", {"number": number})
    asking.interface(client, "id", {"number": number})
    client.get("/law/id/", {"number": number})
    client.get("/api/law/id", {"number": number})
    client.get(f"/api/law/{number}")
    _, out, err = command.run("id", number)
    logged = "".join([caplog.text, *(str(record.__dict__) for record in caplog.records)])
    assert len(caplog.records) > 0
    assert number not in logged + out + err
    assert redact(None, "", {"event": f"x {number}"})["event"] != f"x {number}"


def test_answer_without_the_number(client: Client, command: Command) -> None:
    by_interface = asking.interface(client, "id", {"number": ID_NUMBER})
    _, out, _ = command.run("id", stdin=f"{ID_NUMBER}\n")
    assert ID_NUMBER not in by_interface.content.decode() + out
    assert by_interface.json()["asked"] == {"kind": "resident-id"}
    assert "1101************2X" in out


def test_refusal_names_codes_only() -> None:
    one = next(one for one in CALCULATORS if one.personal)
    with pytest.raises(Unanswerable) as caught:
        one.answer({"number": [WRONG_ID_NUMBER]}, today=ANY_DAY)
    assert str(caught.value) == "resident-id.checksum"


@pytest.mark.parametrize("code", CLOSED)
def test_address_with_a_closed_question_leads_to_the_empty_page(client: Client, code: str) -> None:
    response = client.get(f"/law/{code}/", {"number": ID_NUMBER, "text": "（2026）示0102民初1号"})
    assert response.status_code == 302
    assert response["Location"] == f"/law/{code}/"


@pytest.mark.parametrize("code", CLOSED)
def test_closed_question_by_get_is_refused(client: Client, code: str) -> None:
    response = client.get(f"/api/law/{code}", {"number": ID_NUMBER})
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert response.json()["code"] == "law.post-only"


@pytest.mark.parametrize("code", CLOSED)
def test_closed_answers_are_kept_by_no_cache(client: Client, code: str) -> None:
    fields: asking.Fields = {"number": ID_NUMBER, "text": "（2026）示0102民初1号"}
    assert "no-store" in asking.page(client, code, fields)["Cache-Control"]
    name = "number" if code == "id" else "text"
    assert asking.interface(client, code, {name: fields[name]})["Cache-Control"] == "no-store"
    assert "lc-link" not in asking.words_of(asking.page(client, code, fields))
