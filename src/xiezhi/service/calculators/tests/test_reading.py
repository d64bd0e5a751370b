"""Reading what people type: full width, separators, Chinese dates; a finding for the rest."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.service.calculators.catalogue import CALCULATORS
from xiezhi.service.calculators.questions import Choice, Kind, Question
from xiezhi.service.calculators.reading import Unanswerable, Value, read
from xiezhi.service.calculators.tests.asking import ANY_DAY, AnyCalculator

CHOICES = (Choice("a", "甲"), Choice("b", "乙"))


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.MONEY, "1,234,567.89", Decimal("1234567.89")),
        (Kind.MONEY, "１２３４．５元", Decimal("1234.5")),
        (Kind.MONEY, " 5 ", Decimal(5)),
        (Kind.NUMBER, "１５", 15),
        (Kind.DATE, "2026-02-06", date(2026, 2, 6)),
        (Kind.DATE, "2026年2月6日", date(2026, 2, 6)),
        (Kind.DATE, "2026/2/6", date(2026, 2, 6)),
        (Kind.TIME, "9：05", time(9, 5)),
        (Kind.CHOICE, "b", "b"),
        (Kind.YES, "是", True),
        (Kind.YES, "no", False),
        (Kind.TEXT, "（2026）示0102民初1号", "（2026）示0102民初1号"),
    ],
)
def test_read_what_people_type(kind: Kind, typed: str, value: Value) -> None:
    asked = read([Question("x", "项目", kind, choices=CHOICES)], {"x": [typed]}, ANY_DAY)
    assert asked.values["x"] == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.MONEY, "1,23"),
        (Kind.MONEY, "1" * 16),
        (Kind.MONEY, "٣"),
        (Kind.NUMBER, "-1"),
        (Kind.NUMBER, "²"),
        (Kind.DATE, "2026-13-01"),
        (Kind.DATE, "0000-01-01"),
        (Kind.DATE, "9999-12-31"),
        (Kind.TIME, "24:00"),
        (Kind.YES, "perhaps"),
        (Kind.CHOICE, "c"),
        (Kind.TEXT, "字" * 61),
    ],
)
def test_read_refuses(kind: Kind, typed: str) -> None:
    with pytest.raises(Unanswerable) as caught:
        read([Question("x", "项目", kind, choices=CHOICES)], {"x": [typed]}, ANY_DAY)
    (finding,) = caught.value.findings
    assert finding.field == "x"
    assert finding.text.endswith("。")


def test_read_refuses_two_answers_to_one_question() -> None:
    with pytest.raises(Unanswerable) as caught:
        read([Question("x", "项目")], {"x": ["a", "b"]}, ANY_DAY)
    assert [finding.code for finding in caught.value.findings] == ["input.several"]


@pytest.mark.parametrize("one", CALCULATORS, ids=lambda one: one.code)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_anything_typed_is_answered_or_refused(one: AnyCalculator, data: st.DataObject) -> None:
    """No input at all is a fault: every one is an answer, or findings in words."""
    raw: dict[str, list[str]] = {}
    for question in one.questions(ANY_DAY):
        likely = [choice.value for choice in question.choices] or [
            "0", "20000.05", "2026-02-06", "0001-01-01", "9999-12-31", "09:30", "999999",
            "壹佰元", "（2026）示0102民初1号之十", "（9999）最高法知民终1号", "110105491231002",
        ]  # fmt: skip
        raw[question.name] = [data.draw(st.sampled_from(likely) | st.text(max_size=20))]
    try:
        answer = one.answer(raw, today=ANY_DAY)
    except Unanswerable as unanswerable:
        said = [finding.text for finding in unanswerable.findings]
    else:
        said = [answer.text, *answer.basis]
    assert said
    assert all(said)
