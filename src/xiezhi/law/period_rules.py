"""The recorded periods (期间): one row for each time limit of the statutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiezhi.law import titles
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import Parameter, derived, parameter, table

COUNTING = f"{titles.CIVIL_PROCEDURE}第八十五条"
UNIT_NAMES = {
    "hour": "小时",
    "day": "日",
    "month": "个月",
    "year": "年",
    "working_day": "个工作日",
}


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """One row of the time limits as recorded for a span of days."""

    kind: str
    label: str
    length: int
    unit: str
    start: str
    who: str
    basis: str
    rollover: bool
    before: bool
    bound: str
    fixed: bool
    area: str
    status: str


def kinds() -> tuple[str, ...]:
    """Return the names of all recorded periods, in the order of the data file.

    Basis: 民事诉讼法及相关司法解释规定的各项期间，见 data/periods.toml。
    """
    return tuple(name for name, _ in table("periods") if name != "outage")


def rule(kind: str, on: date) -> PeriodRule:
    """Return the rule for a kind of period as in force on a day.

    Basis: the article recorded with the rule.
    Refuses: ``LawError`` for an unknown kind or a day before the recorded rules.
    """
    if kind not in _kinds():
        raise LawError(f"没有名为“{kind}”的期间。", code="period.unknown", basis=COUNTING)
    return _rule(parameter("periods", kind, on))


@derived
def _kinds() -> frozenset[str]:
    return frozenset(kinds())


@derived
def _rule(entry: Parameter) -> PeriodRule:
    value = entry.value
    return PeriodRule(
        kind=entry.name,
        label=value["label"],
        length=value["length"],
        unit=value["unit"],
        start=value["start"],
        who=value["who"],
        basis=entry.source,
        rollover=value.get("rollover", not value.get("before", False)),
        before=value.get("before", False),
        bound=value.get("bound", "exact"),
        fixed=value.get("fixed", False),
        area=value.get("area", "civil"),
        status=entry.status.value,
    )
