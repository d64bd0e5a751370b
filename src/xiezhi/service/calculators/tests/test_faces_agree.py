"""Page, interface and command give the same answer to the same question."""

from __future__ import annotations

import html
import json

import pytest
from django.test import Client

from xiezhi.service.calculators.catalogue import CALCULATORS
from xiezhi.service.calculators.tests import asking
from xiezhi.service.calculators.tests.asking import ASKINGS, Asking
from xiezhi.service.calculators.tests.conftest import Command

pytestmark = pytest.mark.django_db


def test_every_calculator_is_asked() -> None:
    assert {one.code for one in ASKINGS} == {one.code for one in CALCULATORS}


@pytest.mark.rule("service.litigation_network")
@pytest.mark.parametrize("one", ASKINGS, ids=lambda one: f"{one.code}-{one.text}")
def test_ask_the_three_faces(client: Client, command: Command, one: Asking) -> None:
    answered = asking.interface(client, one.code, one.fields)
    assert answered.status_code == 200
    by_interface = answered.json()
    assert by_interface["answer"]["text"] == one.text

    code, out, err = command.ask(one, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == by_interface

    page = asking.page(client, one.code, one.fields)
    assert page.status_code == 200
    shown = html.unescape(asking.words_of(page))
    for words in _words(by_interface):
        assert words in shown

    code, out, err = command.ask(one)
    assert (code, err) == (0, "")
    for words in _words(by_interface):
        assert words in out


def test_get_answers_as_post(client: Client) -> None:
    shareable = {one.code for one in CALCULATORS if one.shareable}
    for one in ASKINGS:
        if one.code in shareable:
            got = client.get(f"/api/law/{one.code}", one.fields)
            assert got.json() == asking.interface(client, one.code, one.fields).json()
            assert one.text in asking.words_of(client.get(f"/law/{one.code}/", one.fields))


def _words(document: dict[str, dict[str, str]]) -> list[str]:
    """Return everything of an answer that a person must see."""
    answer = document["answer"]
    steps: list[dict[str, str]] = list(document["steps"])  # type: ignore[arg-type]  # read from JSON
    found = [answer["label"], answer["text"], answer["note"]]
    for step in steps:
        found += [step["label"], step["formula"], step["text"], step["basis"]]
    found += list(document["basis"])
    found += [doubt["text"] for doubt in document["doubts"]]  # type: ignore[index]  # read from JSON
    return [words for words in found if words]
