"""Adjourned hearings (延期开庭): how often, and how long between two hearings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiezhi.law import dates, parameters
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import parameter
from xiezhi.law.results import Step
from xiezhi.law.trial_clock.limits import FILE


@dataclass(frozen=True, slots=True)
class Adjournment:
    """Whether a hearing may be adjourned to a day, and until when at the latest."""

    value: bool
    latest: date
    left: int
    steps: tuple[Step, ...]
    basis: str


def adjourn(
    procedure: str, *, hearing: date, following: date, already: int, excused: bool = False
) -> Adjournment:
    """Say whether a hearing may be adjourned to a following day.

    Basis: 延长审限和延期开庭规定第三条、第五条。
    ``already`` counts earlier adjournments of the case; ``excused`` says 不可抗力 or 当事人同意,
    which lifts the interval but not the number.
    Refuses: ``LawError`` for a procedure without such a rule, a following day that is not
    later, or a negative count.
    """
    if ("adjournments", procedure) not in parameters.table(FILE):
        raise LawError(f"“{procedure}”没有延期开庭次数的规定。", code="trial.adjournment")
    if following <= hearing or already < 0:
        raise LawError("下次开庭应当晚于本次开庭，次数不能为负数。", code="trial.adjournment-day")
    most = parameter(FILE, "adjournments", hearing, scope=procedure)
    interval = parameter(FILE, "adjournment-interval", hearing)
    latest = dates.add_months(hearing, interval.value["months"])
    left = max(most.value - already, 0)
    near = excused or following <= latest
    steps = (
        Step(
            "延期次数", f"不超过{most.value}次，已延期{already}次", f"还可延期{left}次", most.source
        ),
        Step(
            "两次开庭间隔", interval.note if excused else "不得超过对应日", latest, interval.source
        ),
    )
    return Adjournment(left > 0 and near, latest, left, steps, most.source)
