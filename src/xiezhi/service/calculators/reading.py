"""From what somebody typed to typed values, or to a finding that says what to change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from xiezhi.law import LawError
from xiezhi.service.calculators.questions import Kind, Question

Raw = Mapping[str, Sequence[str]]
Value = str | Decimal | int | date | time | bool | tuple[str, ...]

_MONEY = re.compile(
    r"[¥￥]?\s*(-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,10})?)\s*元?"
)
_NUMBER = re.compile(r"[0-9]{1,4}")
_DATE = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_YEARS = range(1900, 2200)  # beyond these a date is a slip of the hand
_WIDE = str.maketrans("０１２３４５６７８９．，：－／　", "0123456789.,:-/ ")
_YES = {"yes": True, "true": True, "1": True, "是": True}
_NO = {"": False, "no": False, "false": False, "0": False, "否": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to a calculator: typed values, the day on which it is asked, what was typed.

    ``typed`` holds the normalised words, for links and for the echo of the question.
    """

    today: date
    values: Mapping[str, Value] = field(repr=False)
    typed: Mapping[str, tuple[str, ...]] = field(repr=False)

    def text(self, name: str) -> str:
        """Return a text or a choice, empty when not given."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else str(value)

    def money(self, name: str) -> Decimal | None:
        """Return a sum.

        Units: yuan.
        """
        value = self.values.get(name)
        return value if isinstance(value, Decimal) else None

    def number(self, name: str) -> int | None:
        """Return a whole number."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def day(self, name: str) -> date | None:
        """Return a Shanghai date."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def time(self, name: str) -> time | None:
        """Return a time of day."""
        value = self.values.get(name)
        return value if isinstance(value, time) else None

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return the chosen ones of several."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else ()

    def yes(self, name: str) -> bool:
        """Tell whether a box is ticked."""
        return self.values.get(name) is True


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one answer: the law's own words, or ours for what cannot be read."""

    field: str
    label: str
    code: str
    text: str
    basis: str = ""
    remedy: str = ""

    @property
    def words(self) -> str:
        """Return what stands beside the field."""
        basis = f"（依据：{self.basis}）" if self.basis else ""
        return f"{self.text}{basis}{self.remedy}"


class Unanswerable(Exception):
    """A question that cannot be answered as it was put; holds one finding or more."""

    def __init__(self, *findings: Finding) -> None:
        """Keep the findings; the message names codes only, so that no log holds what was typed."""
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


def read(questions: Sequence[Question], raw: Raw, today: date) -> Asked:
    """Read every answer.

    Refuses: ``Unanswerable`` with a finding for each answer that is missing or unreadable, and
    for names that nobody asked.
    """
    values: dict[str, Value] = {}
    typed: dict[str, tuple[str, ...]] = {}
    findings = [_unknown(name) for name in raw if all(q.name != name for q in questions)]
    for question in questions:
        given = raw.get(question.name, ())
        words = tuple(word for word in map(_normal, given) if word)
        if not given and question.default:
            words = (question.default,)
        if not words:
            if question.required:
                findings.append(_finding(question, _missing(question)))
            continue
        try:
            values[question.name] = _value(question, words)
        except LawError as error:
            findings.append(_finding(question, error))
        else:
            typed[question.name] = words
    if findings:
        raise Unanswerable(*findings)
    return Asked(today, values, typed)


def figures(text: str) -> Decimal | None:
    """Read a sum written in figures, with or without separators; None for anything else.

    Units: yuan.
    """
    match = _MONEY.fullmatch(text)
    return None if match is None else Decimal(match[1].replace(",", ""))


def _value(question: Question, words: tuple[str, ...]) -> Value:
    if question.kind is Kind.CHOICES:
        for word in words:
            _choice(question, word)
        return tuple(dict.fromkeys(words))
    if len(words) > 1:
        raise LawError(f"“{question.label}”只能填写一项。", code="input.several")
    return _READERS[question.kind](question, words[0])


def _text(question: Question, word: str) -> str:
    if len(word) > question.max_length:
        raise LawError(f"最多填写{question.max_length}个字。", code="input.length")
    return word


def _money(question: Question, word: str) -> Decimal:
    del question
    amount = figures(word)
    if amount is None:
        raise LawError(
            "这不是可以识别的金额。", code="input.money", remedy="请填写数字，例如：1234567.89。"
        )
    return amount


def _number(question: Question, word: str) -> int:
    del question
    if not _NUMBER.fullmatch(word):
        raise LawError("这里应当填写整数。", code="input.number", remedy="请填写数字，例如：15。")
    return int(word)


def _date(question: Question, word: str) -> date:
    del question
    match = _DATE.fullmatch(word)
    if match is None:
        raise LawError(
            "这不是可以识别的日期。", code="input.date", remedy="请按年月日填写，例如：2026-02-06。"
        )
    if int(match[1]) not in _YEARS:
        text = f"日期应在{_YEARS[0]}年至{_YEARS[-1]}年之间。"
        raise LawError(text, code="input.date", remedy="请核对后重新填写。")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        text = f"没有{match[1]}年{int(match[2])}月{int(match[3])}日这一天。"
        raise LawError(text, code="input.date", remedy="请核对后重新填写。") from None


def _time(question: Question, word: str) -> time:
    del question
    match = _TIME.fullmatch(word)
    wrong = LawError(
        "这不是可以识别的时刻。", code="input.time", remedy="请按24小时制填写，例如：09:30。"
    )
    if match is None:
        raise wrong
    try:
        return time(int(match[1]), int(match[2]))
    except ValueError:
        raise wrong from None


def _choice(question: Question, word: str) -> str:
    if all(choice.value != word for choice in question.choices):
        raise LawError(
            f"“{question.label}”没有这一选项。", code="input.choice", remedy="请从所列选项中选择。"
        )
    return word


def _yes(question: Question, word: str) -> bool:
    del question
    known = _YES | _NO
    if word.lower() not in known:
        raise LawError("这里只能填“是”或“否”。", code="input.yes")
    return known[word.lower()]


_READERS: dict[Kind, Callable[[Question, str], Value]] = {
    Kind.TEXT: _text,
    Kind.ID_NUMBER: _text,
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.CHOICE: _choice,
    Kind.YES: _yes,
}


def _normal(word: str) -> str:
    """Trim, and make digits and separators typed in full width plain; brackets stay.

    What is no character at all (half a surrogate) becomes a question mark, which nothing reads.
    """
    whole = word.encode("utf-8", "replace").decode()
    return whole.translate(_WIDE).strip()


def _missing(question: Question) -> LawError:
    chosen = question.kind in {Kind.CHOICE, Kind.CHOICES}
    verb = "选择" if chosen else "填写"
    return LawError(f"还没有{verb}{question.label}。", code="input.missing", basis=question.basis)


def _finding(question: Question, error: LawError) -> Finding:
    return Finding(
        question.name, question.label, error.code, error.reason, error.basis, error.remedy
    )


def _unknown(name: str) -> Finding:
    text = "有一项内容本工具没有要求填写。"
    return Finding(_normal(name)[:60], "填写项", "input.unknown", text, remedy="请核对名称。")
