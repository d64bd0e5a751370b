"""The answer of a calculator: what every face shows, and its one form as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from xiezhi.law.parameters import Parameter, Status
from xiezhi.law.results import WEEKDAYS, Caution, Step

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]

STANDING = {
    Status.MEMORY: "本项尚待核实",
    Status.CONVENTION: "系统约定，并非法定",
    Status.SECONDARY: "已与公开转录核对，尚未见官方原件",
    Status.LOCAL: "受理法院设定",
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the short calendar under a period."""

    day: date
    rest: bool
    name: str
    mark: str = ""

    @property
    def weekday(self) -> str:
        """Return 周一 to 周日."""
        return f"周{WEEKDAYS[self.day.weekday()]}"


@dataclass(frozen=True, slots=True)
class Echo:
    """One line of what was asked, in words; confidential answers never stand here."""

    name: str
    label: str
    text: str
    typed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: the answer itself, the lines that led to it, its articles, its doubts.

    ``value`` is what a machine reads, ``text`` what a person reads.
    """

    label: str
    text: str
    value: Decimal | date | datetime | str
    steps: tuple[Step, ...]
    note: str = ""
    days: tuple[Day, ...] = ()
    doubts: tuple[Caution, ...] = ()
    asked: tuple[Echo, ...] = ()
    more_basis: tuple[str, ...] = ()

    @property
    def basis(self) -> tuple[str, ...]:
        """Return every article once, in the order of the lines."""
        named = [part for step in self.steps for part in step.basis.split("；")]
        return tuple(dict.fromkeys(part for part in [*named, *self.more_basis] if part))

    def echoing(self, asked: tuple[Echo, ...]) -> Answer:
        """Return the answer with what was asked."""
        return replace(self, asked=asked)


def doubts(rules: Iterable[Parameter], cautions: Sequence[Caution] = ()) -> tuple[Caution, ...]:
    """Say what is uncertain: the law's cautions, then each rule that nobody has fully checked."""
    found = list(cautions)
    for rule in rules:
        words = STANDING.get(rule.status)
        if words is not None:
            note = f"；{rule.note}" if rule.note else ""
            text = f"{words}：{rule.source}{note}。"
            found.append(Caution(f"rule.{rule.status.value}", text, rule.source))
    return tuple(dict.fromkeys(found))


def document(code: str, title: str, answer: Answer) -> dict[str, Json]:
    """Return the one JSON form of an answer, for the interface and for the command."""
    return {
        "code": code,
        "title": title,
        "asked": {echo.name: _typed(echo) for echo in answer.asked},
        "answer": {
            "label": answer.label,
            "text": answer.text,
            "value": machine(answer.value),
            "note": answer.note,
        },
        "steps": [
            {
                "label": step.label,
                "formula": step.formula,
                "value": machine(step.value),
                "text": step.shown,
                "basis": step.basis,
            }
            for step in answer.steps
        ],
        "days": [
            {"date": day.day.isoformat(), "rest": day.rest, "name": day.name, "mark": day.mark}
            for day in answer.days
        ],
        "basis": list(answer.basis),
        "doubts": [
            {"code": doubt.code, "text": doubt.text, "basis": doubt.basis}
            for doubt in answer.doubts
        ],
    }


def machine(value: Decimal | date | datetime | int | str) -> str:
    """Write a value for a machine: sums without separators, days and instants in ISO form."""
    if isinstance(value, Decimal):
        return f"{value.quantize(Decimal('0.01')) if value == value.to_integral() else value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _typed(echo: Echo) -> Json:
    return list(echo.typed) if len(echo.typed) > 1 else echo.typed[0]
