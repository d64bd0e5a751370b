"""Every refusal of the law stands beside its field, and what was typed stays."""

from __future__ import annotations

import html
import json

import pytest
from django.test import Client

from xiezhi.service.calculators.tests import asking
from xiezhi.service.calculators.tests.asking import Fields
from xiezhi.service.calculators.tests.conftest import Command

pytestmark = pytest.mark.django_db

# code, fields, the field that is wrong, the code of the refusal, what was typed and must stay
WRONG: list[tuple[str, Fields, str, str, str]] = [
    ("fee", {"kind": "property"}, "amount", "fee.amount-missing", "property"),
    ("fee", {"kind": "property", "amount": "0"}, "amount", "fee.amount-missing", "0"),
    ("fee", {"kind": "property", "amount": "-5"}, "amount", "fee.negative", "-5"),
    ("fee", {"kind": "property", "amount": "1.005"}, "amount", "fee.decimals", "1.005"),
    ("fee", {"kind": "property", "amount": "五万"}, "amount", "input.money", "五万"),
    ("fee", {"kind": "property", "amount": "1e9"}, "amount", "input.money", "1e9"),
    ("fee", {"kind": "divorce", "amount": "7777"}, "base_fee", "fee.base-missing", "7777"),
    ("fee", {"kind": "divorce", "base_fee": "7777"}, "base_fee", "fee.base-range", "7777"),
    ("fee", {"kind": "labour", "on": "2001-01-01"}, "on", "parameter.missing", "2001-01-01"),
    ("fee", {"kind": "labour", "on": "2026-02-30"}, "on", "input.date", "2026-02-30"),
    ("fee", {"kind": "murder", "amount": "88"}, "kind", "input.choice", "88"),
    ("fee", {"kind": "", "amount": "88"}, "kind", "input.missing", "88"),
    ("fee", {"kind": "labour", "halving": ["luck"], "amount": "8"}, "halving", "input.choice", "8"),
    (
        "application-fee",
        {"kind": "payment-order", "base_fee": "31"},
        "amount",
        "fee.amount-missing",
        "31",
    ),
    (
        "period",
        {"kind": "preservation-urgent", "start": "2026-03-02"},
        "time",
        "period.needs-instant",
        "2026-03-02",
    ),
    (
        "period",
        {"kind": "evidence-ordinary", "start": "2026-03-02", "length": "3"},
        "length",
        "period.too-short",
        "2026-03-02",
    ),
    (
        "period",
        {"kind": "evidence-summary", "start": "2026-03-02", "length": "99"},
        "length",
        "period.too-long",
        "99",
    ),
    (
        "period",
        {"kind": "appeal-judgment", "start": "2026-03-02", "in_custody": "yes"},
        "in_custody",
        "period.custody",
        "2026-03-02",
    ),
    (
        "period",
        {"kind": "appeal-judgment", "start": "1901-03-02"},
        "start",
        "parameter.missing",
        "1901-03-02",
    ),
    (
        "period",
        {"kind": "judgment-publication", "start": "2099-03-02"},
        "start",
        "calendar.missing-year",
        "2099-03-02",
    ),
    (
        "period",
        {"kind": "appeal-judgment", "start": "2026-03-02", "length": "十五"},
        "length",
        "input.number",
        "十五",
    ),
    (
        "period",
        {"kind": "appeal-judgment", "start": "2026-03-02", "length": "9999"},
        "length",
        "period.statutory",
        "9999",
    ),
    (
        "period",
        {"kind": "preservation-urgent", "start": "2026-03-02", "time": "25:00"},
        "time",
        "input.time",
        "25:00",
    ),
    (
        "procedure",
        {"level": "basic", "amount": "48000", "simple": "yes", "money_only": "yes"},
        "province",
        "procedure.wage-missing",
        "48000",
    ),
    (
        "procedure",
        {"level": "basic", "amount": "-48"},
        "amount",
        "procedure.negative",
        "-48",
    ),
    ("capitals", {"amount": "不知道"}, "amount", "money.capitals", "不知道"),
    ("capitals", {"amount": ","}, "amount", "money.capitals", ","),
    ("capitals", {"amount": "-1"}, "amount", "money.negative", "-1"),
    ("capitals", {"amount": "1.234"}, "amount", "money.decimals", "1.234"),
    ("capitals", {"amount": "1000000000000"}, "amount", "money.range", "1000000000000"),
    ("capitals", {"amount": "12", "other": "壹拾叁元整"}, "other", "money.disagree", "壹拾叁元整"),
    ("capitals", {"amount": "12", "other": "13"}, "other", "money.same-form", "13"),
    ("case-number", {"text": "民初1号"}, "text", "case-number.format", "民初1号"),
    (
        "case-number",
        {"text": "（2026）示0102民初01号"},
        "text",
        "case-number.leading-zero",
        "（2026）示0102民初01号",
    ),
    (
        "case-number",
        {"text": "（2026）示0102民终1号"},
        "text",
        "case-number.level",
        "（2026）示0102民终1号",
    ),
    ("case-number", {"text": "案" * 61}, "text", "input.length", "案" * 61),
    ("id", {"number": "1101"}, "number", "resident-id.length", "1101"),
    (
        "id",
        {"number": asking.WRONG_ID_NUMBER},
        "number",
        "resident-id.checksum",
        asking.WRONG_ID_NUMBER,
    ),
    (
        "id",
        {"kind": "bank-card", "number": "6222020000000000001"},
        "number",
        "bank-card.checksum",
        "6222020000000000001",
    ),
    (
        "id",
        {"kind": "credit-code", "number": "91110000"},
        "number",
        "credit-code.format",
        "91110000",
    ),
    ("id", {"kind": "passport", "number": "12"}, "number", "passport.format", "12"),
    ("id", {"kind": "horoscope", "number": "12"}, "kind", "input.choice", "12"),
]
IDS = [f"{code}-{finding}-{number}" for number, (code, _, _, finding, _) in enumerate(WRONG)]


@pytest.mark.parametrize("number", range(len(WRONG)), ids=IDS)
def test_refuse_beside_the_field(client: Client, number: int) -> None:
    code, fields, field, finding, typed = WRONG[number]
    refused = asking.interface(client, code, fields)
    assert refused.status_code == 422
    document = refused.json()
    found = document["findings"]
    assert [(one["field"], one["code"]) for one in found] == [(field, finding)]
    assert {document[key] for key in ("code", "text", "status")} == {
        finding,
        found[0]["text"],
        422,
    }
    page = asking.page(client, code, fields)
    shown = html.unescape(asking.words_of(page))
    assert page.status_code == 422
    assert f'id="field-{field}-error"' in shown
    assert f'href="#field-{field}"' in shown
    assert found[0]["text"] in shown
    assert found[0]["basis"] in shown
    assert typed in shown
    assert 'id="answer"' not in shown


def test_refuse_all_findings_at_once(client: Client) -> None:
    document = asking.interface(client, "period", {"time": "later", "start": "soon"}).json()
    assert {one["field"]: one["code"] for one in document["findings"]} == {
        "kind": "input.missing",
        "start": "input.date",
        "time": "input.time",
    }
    assert document["code"] == "input.findings"


@pytest.mark.parametrize("number", range(len(WRONG)), ids=IDS)
def test_refuse_in_the_command(command: Command, number: int) -> None:
    code, fields, field, finding, _ = WRONG[number]
    if code == "id":
        kind = ["--kind", str(fields["kind"])] if "kind" in fields else []
        exit_code, out, err = command.run("id", *kind, "--json", stdin=f"{fields['number']}\n")
    else:
        words = [word for name, value in fields.items() for word in _words(code, name, value)]
        exit_code, out, err = command.run(code, *words, "--json")
    assert (exit_code, err) == (2, "")
    found = json.loads(out)["findings"]
    assert [(one["field"], one["code"]) for one in found] == [(field, finding)]


def _words(code: str, name: str, value: str | list[str]) -> list[str]:
    """Return the words of a command for one field."""
    positional = {"kind", "amount", "start", "text", "other", "level"}
    if name in positional - ({"amount"} if code == "period" else set()):
        return [value] if isinstance(value, str) else value
    if name == "in_custody":
        return ["--in-custody"]
    option = f"--{name.replace('_', '-')}"
    return [option, value] if isinstance(value, str) else [option, *value]
