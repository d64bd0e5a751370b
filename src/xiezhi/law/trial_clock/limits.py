"""The recorded limits of each procedure and the grounds that stop them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xiezhi.law import dates, parameters, titles
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import Parameter, derived, parameter

FILE = "trial_limits"
UNIT_NAMES = {"day": "日", "month": "个月"}


@dataclass(frozen=True, slots=True)
class Length:
    """A number of days or months, and who approves it where it is an extension."""

    length: int
    unit: str
    by: str = ""

    def __str__(self) -> str:
        """Return ``6个月`` or ``30日``."""
        return f"{self.length}{UNIT_NAMES[self.unit]}"


@dataclass(frozen=True, slots=True)
class Limit:
    """The trial limit of one procedure."""

    procedure: str
    label: str
    area: str
    own: Length
    start: str
    extensions: tuple[Length, ...]
    ask: int
    decide: int
    unlimited: bool
    further: str
    basis: str
    status: str
    note: str

    def last_day(self, start: date, extended: int) -> date:
        """Return the last day before exclusions: months first as one sum, then days.

        Basis: 审理期限规定第八条；民法典第二百零二条；合并计算为约定，见 data/trial_limits.toml。
        """
        parts = (self.own, *self.extensions[:extended])
        if parameter(FILE, "extension-base", start).value == "end":
            return self._one_after_another(start, parts)
        months = sum(part.length for part in parts if part.unit == "month")
        days = sum(part.length for part in parts if part.unit == "day")
        return dates.add_months(start, months) + timedelta(days=days)

    def _one_after_another(self, start: date, parts: tuple[Length, ...]) -> date:
        for part in parts:
            months = part.unit == "month"
            start = (
                dates.add_months(start, part.length)
                if months
                else start + timedelta(days=part.length)
            )
        return start


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason why a span does not count."""

    ground: str
    label: str
    areas: frozenset[str]
    most: Length | None
    after: int
    basis: str

    def counted(self, start: date, end: date) -> tuple[date, date]:
        """Return the part of a span that the rule lets stop the clock.

        Basis: 审理期限规定第九条（如延期审理一个月之内、更换辩护人十日之内）。
        """
        start = min(start + timedelta(days=self.after), end)
        if self.most is None:
            return start, end
        if self.most.unit == "month":
            return start, min(end, dates.add_months(start, self.most.length))
        return start, min(end, start + timedelta(days=self.most.length))


def limit(procedure: str, on: date) -> Limit:
    """Return the limit of a procedure as in force on a day.

    Basis: the article recorded with it, e.g. 民事诉讼法第一百五十二条.
    Refuses: ``LawError`` for an unknown procedure.
    """
    if ("limit", procedure) not in parameters.table(FILE):
        raise LawError(f"没有名为“{procedure}”的程序。", code="trial.procedure")
    return _limit(parameter(FILE, "limit", on, scope=procedure))


def ground(name: str, on: date) -> Ground:
    """Return a ground of exclusion as in force on a day.

    Basis: 民诉法解释第二百四十三条；审理期限规定第九条。
    Refuses: ``LawError`` for an unknown ground.
    """
    if ("exclusion", name) not in parameters.table(FILE):
        raise LawError(f"没有名为“{name}”的扣除事由。", code="trial.ground",
                       basis=f"{titles.TRIAL_LIMITS}第九条")  # fmt: skip
    return _ground(parameter(FILE, "exclusion", on, scope=name))


def conversion_counts_from(old: str, new: str, on: date) -> tuple[str, str]:
    """Return whether the new limit counts from filing or from the decision, and the basis.

    Basis: 民诉法解释第二百五十八条；审理期限规定第八条。
    Refuses: ``LawError`` for a conversion the law does not know.
    """
    if (("conversion", f"{old}>{new}")) not in parameters.table(FILE):
        labels = f"“{limit(old, on).label}”转为“{limit(new, on).label}”"
        raise LawError(f"没有{labels}的规定。", code="trial.conversion",
                       basis=f"{titles.TRIAL_LIMITS}第八条")  # fmt: skip
    entry = parameter(FILE, "conversion", on, scope=f"{old}>{new}")
    return entry.value["counts_from"], entry.source


def procedures() -> dict[str, str]:
    """Return the recorded procedures with their Chinese names.

    Basis: 审理期限规定第二条至第五条及各诉讼法。
    """
    return _labels("limit")


def grounds() -> dict[str, str]:
    """Return the recorded grounds of exclusion with their Chinese names.

    Basis: 民诉法解释第二百四十三条；审理期限规定第九条。
    """
    return _labels("exclusion")


def _labels(kind: str) -> dict[str, str]:
    return {
        scope: versions[0].value["label"]
        for (name, scope), versions in parameters.table(FILE).items()
        if name == kind
    }


def _length(raw: dict[str, Any]) -> Length:
    return Length(raw["length"], raw["unit"], raw.get("by", ""))


@derived
def _limit(entry: Parameter) -> Limit:
    value = entry.value
    return Limit(
        procedure=entry.scope,
        label=value["label"],
        area=value["area"],
        own=_length(value),
        start=value["start"],
        extensions=tuple(_length(raw) for raw in value["extensions"]),
        ask=value["ask"],
        decide=value["decide"],
        unlimited=value.get("unlimited", False),
        further=value.get("further", ""),
        basis=entry.source,
        status=entry.status.value,
        note=entry.note,
    )


@derived
def _ground(entry: Parameter) -> Ground:
    value = entry.value
    return Ground(
        ground=entry.scope,
        label=value["label"],
        areas=frozenset(value["areas"]),
        most=_length(value["most"]) if "most" in value else None,
        after=value.get("after", 0),
        basis=entry.source,
    )
