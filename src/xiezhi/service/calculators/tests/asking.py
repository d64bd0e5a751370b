"""Questions put to every face of the calculators, and how each face is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.test import Client

from xiezhi.service.calculators.declaration import Calculator

ID_NUMBER = "11010519491231002X"
WRONG_ID_NUMBER = "110105194912310021"

ANY_DAY = date(2026, 3, 2)
AnyCalculator = Calculator[Any]
Fields = dict[str, str | list[str]]


@dataclass(frozen=True)
class Asking:
    """One question: its fields, the same as words of a command, and what must be answered."""

    code: str
    fields: Fields
    words: tuple[str, ...]
    text: str
    stdin: str = field(default="", repr=False)


ASKINGS = (
    Asking(
        "fee",
        {"kind": "property", "amount": "1234567.89"},
        ("property", "1234567.89"),
        "15,911.11元",
    ),
    Asking(
        "fee",
        {"kind": "property", "amount": "20000", "halving": ["summary", "mediated"]},
        ("property", "20000", "--halving", "summary", "--halving", "mediated"),
        "150.00元",
    ),
    Asking(
        "fee",
        {"kind": "divorce", "amount": "500,000", "province": "示", "on": "2026年3月2日"},
        ("divorce", "500,000", "--province", "示", "--on", "2026年3月2日"),
        "1,800.00元",
    ),
    Asking(
        "fee",
        {"kind": "personality", "amount": "80000", "base_fee": "500"},
        ("personality", "80000", "--base-fee", "500"),
        "800.00元",
    ),
    Asking("fee", {"kind": "labour"}, ("labour",), "10.00元"),
    Asking(
        "application-fee",
        {"kind": "preservation", "amount": "99999999"},
        ("preservation", "99999999"),
        "5,000.00元",
    ),
    Asking(
        "application-fee",
        {"kind": "enforcement", "amount": "500000"},
        ("enforcement", "500000"),
        "7,400.00元",
    ),
    Asking(
        "application-fee",
        {"kind": "payment-order", "amount": "35000"},
        ("payment-order", "35000"),
        "225.00元",
    ),
    Asking(
        "application-fee",
        {"kind": "bankruptcy", "amount": "1000000000"},
        ("bankruptcy", "1000000000"),
        "300,000.00元",
    ),
    Asking(
        "period",
        {"kind": "appeal-judgment", "start": "2026-02-06"},
        ("appeal-judgment", "2026-02-06"),
        "2026年2月24日（周二）",
    ),
    Asking(
        "period",
        {"kind": "preservation-urgent", "start": "2026-03-02", "time": "09:30"},
        ("preservation-urgent", "2026-03-02", "--time", "09:30"),
        "2026年3月4日（周三）10:00",
    ),
    Asking(
        "period",
        {"kind": "evidence-ordinary", "start": "2026-03-02", "length": "20"},
        ("evidence-ordinary", "2026-03-02", "--length", "20"),
        "2026年3月23日（周一）",
    ),
    Asking(
        "period",
        {"kind": "hearing-notice", "start": "2026-03-02"},
        ("hearing-notice", "2026-03-02"),
        "2026年2月27日（周五）",
    ),
    Asking(
        "period",
        {"kind": "appeal-criminal-judgment", "start": "2026-02-06", "in_custody": "yes"},
        ("appeal-criminal-judgment", "2026-02-06", "--in-custody"),
        "2026年2月16日（周一）",
    ),
    Asking(
        "procedure",
        {
            "level": "basic",
            "amount": "40000",
            "simple": "yes",
            "money_only": "yes",
            "province": "示",
        },
        ("basic", "40000", "--simple", "yes", "--money-only", "yes", "--province", "示"),
        "小额诉讼程序",
    ),
    Asking(
        "procedure",
        {"level": "basic", "simple": "yes", "told": ["title", "novel"]},
        ("basic", "--simple", "yes", "--told", "title", "--told", "novel"),
        "普通程序",
    ),
    Asking("procedure", {"level": "basic"}, ("basic",), "需要由人工判断"),
    Asking("capitals", {"amount": "1234.5"}, ("1234.5",), "壹仟贰佰叁拾肆元伍角整"),
    Asking(
        "capitals",
        {"amount": "壹仟贰佰叁拾肆元伍角整", "other": "1,234.50元"},
        ("壹仟贰佰叁拾肆元伍角整", "1,234.50元"),
        "1,234.50元",
    ),
    Asking(
        "case-number",
        {"text": "(2026)示0102民初1号之一"},
        ("(2026)示0102民初1号之一",),
        "（2026）示0102民初1号之一",
    ),
    Asking("id", {"number": ID_NUMBER}, (), "号码写法正确", stdin=f"{ID_NUMBER}\n"),
    Asking(
        "id",
        {"kind": "plate", "number": "京A12345"},
        ("--kind", "plate"),
        "号码写法正确",
        stdin="京A12345\n",
    ),
)


def page(client: Client, code: str, fields: Fields) -> Any:
    """Ask the page."""
    return client.post(f"/law/{code}/", fields)


def interface(client: Client, code: str, body: object) -> Any:
    """Ask the interface."""
    return client.post(f"/api/law/{code}", body, content_type="application/json")


def words_of(response: Any) -> str:
    """Return a page's text as it was sent."""
    text: str = response.content.decode()
    return text
