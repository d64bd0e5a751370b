"""Procedural periods (期间): any row of the statutes' time limits, counted step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from xiezhi.law import calendar, dates, titles
from xiezhi.law.errors import LawError
from xiezhi.law.period_rules import COUNTING, UNIT_NAMES, PeriodRule, kinds, rule
from xiezhi.law.results import Caution, Step, format_date

__all__ = [
    "COUNTING",
    "UNIT_NAMES",
    "PeriodResult",
    "PeriodRule",
    "count",
    "end_of",
    "kinds",
    "rule",
]

CORRESPONDING_DAY = f"{titles.CIVIL_CODE}第二百零二条"
CUSTODY = f"{titles.CRIMINAL_PROCEDURE}第一百零五条"


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """The last day of a period and how it was found.

    ``end`` is included; ``end_at`` is the first instant that is too late. ``certain``
    is false only where the caller allowed a year whose holidays are not yet published.
    ``fixed`` marks a period that nothing suspends or extends (不变期间).
    """

    kind: str
    label: str
    start: date
    length: int
    unit: str
    nominal_end: date
    end: date
    end_at: datetime
    certain: bool
    steps: tuple[Step, ...]
    basis: str
    cautions: tuple[Caution, ...] = ()
    fixed: bool = False

    @property
    def value(self) -> date:
        """Return the last day."""
        return self.end

    @property
    def rolled(self) -> bool:
        """Tell whether the last day moved because of a day of rest."""
        return self.end != self.nominal_end


def end_of(
    kind: str,
    start: date,
    *,
    length: int | None = None,
    in_custody: bool = False,
    allow_unpublished: bool = False,
) -> PeriodResult:
    """Return the last day of a period that runs from the day (or instant) of an event.

    Basis: 民事诉讼法第八十五条；民法典第二百零一条至第二百零三条；刑事诉讼法第一百零五条。
    Units: ``start`` is a Shanghai date, or an aware instant (needed for hours).
    ``length`` overrides the recorded number where a court sets the period itself.
    Refuses: ``LawError`` for an unknown kind, a length outside the legal bound, a year
    without holiday table (unless ``allow_unpublished``, which answers with a caution).
    """
    day = dates.day_of(start)
    found = _with_length(rule(kind, day), length)
    if in_custody and found.area != "criminal":
        raise LawError("在押期间的规则只适用于刑事案件。", code="period.custody", basis=CUSTODY)
    if found.unit == "hour":
        return _hours(found, start)
    return _days(
        found,
        day,
        rolls=found.rollover and not in_custody,
        custody=in_custody,
        lenient=allow_unpublished,
    )


def count(start: date, length: int, unit: str, *, rollover: bool = True) -> PeriodResult:
    """Count a period that no table names, by the general rules alone.

    Basis: 民事诉讼法第八十五条；民法典第二百零一条至第二百零三条。
    Refuses: ``LawError`` for a negative length or an unknown unit.
    """
    if unit not in UNIT_NAMES:
        raise LawError(f"不认识的期间单位“{unit}”。", code="period.unit", basis=COUNTING)
    plain = PeriodRule(
        kind="",
        label="期间",
        length=0,
        unit=unit,
        start="起算",
        who="",
        basis=COUNTING,
        rollover=rollover,
        before=False,
        bound="exact",
        fixed=False,
        area="civil",
        status="",
    )
    found = _with_length(plain, length)
    if unit == "hour":
        return _hours(found, start)
    return _days(found, dates.day_of(start), rolls=rollover, custody=False, lenient=False)


def _with_length(found: PeriodRule, length: int | None) -> PeriodRule:
    if length is None:
        return found
    _require_whole(length, found)
    if length == found.length:
        return found
    if length < 0:
        raise LawError("期间长度不能为负数。", code="period.negative", basis=found.basis)
    unit = UNIT_NAMES[found.unit]
    if found.bound == "least" and length < found.length:
        raise LawError(
            f"{found.label}不得少于{found.length}{unit}。",
            code="period.too-short",
            basis=found.basis,
        )
    if found.bound == "most" and length > found.length:
        raise LawError(
            f"{found.label}不得超过{found.length}{unit}。",
            code="period.too-long",
            basis=found.basis,
        )
    return replace(found, length=length, status="")


def _require_whole(length: object, found: PeriodRule) -> None:
    if isinstance(length, bool) or not isinstance(length, int):
        raise LawError("期间长度应为整数。", code="period.length", basis=found.basis)


def _days(
    found: PeriodRule, day: date, *, rolls: bool, custody: bool, lenient: bool
) -> PeriodResult:
    nominal, steps = _nominal(found, day)
    end, certain, cautions = nominal, True, _cautions(found)
    if rolls:
        try:
            end = calendar.next_working_day(nominal)
        except LawError as missing:
            if not lenient or missing.code != "calendar.missing-year":
                raise
            certain = False
            cautions = (*cautions, _unpublished(missing))
    if certain and rolls and end != nominal:
        why = f"{format_date(nominal)}是{calendar.describe(nominal)}，顺延至休假日后的第一日"
        steps = (*steps, Step("末日顺延", why, end, COUNTING))
    elif custody:
        why = "在押期间至期满日为止，不因节假日延长"
        steps = (*steps, Step("末日不顺延", why, end, CUSTODY))
    return PeriodResult(
        kind=found.kind,
        label=found.label,
        start=day,
        length=found.length,
        unit=found.unit,
        nominal_end=nominal,
        end=end,
        end_at=dates.midnight_after(end),
        certain=certain,
        steps=steps,
        basis=found.basis,
        cautions=cautions,
        fixed=found.fixed,
    )


def _nominal(found: PeriodRule, day: date) -> tuple[date, tuple[Step, ...]]:
    unit = UNIT_NAMES[found.unit]
    event = Step(f"{found.start}之日", "开始的日不计算在内", day, COUNTING)
    if found.before:
        last = dates.add_span(day, lambda: timedelta(days=-found.length))
        formula = f"{format_date(day)}往前推{found.length}{unit}"
        return last, (event, Step("最晚之日", formula, last, found.basis))
    if found.unit == "working_day":
        last = calendar.add_working_days(day, found.length)
        formula = f"自次日起数{found.length}{unit}"
        return last, (event, Step("届满日", formula, last, found.basis))
    if found.unit == "day":
        last = dates.add_span(day, lambda: timedelta(days=found.length))
        formula = f"自次日起数{found.length}{unit}"
        return last, (event, Step("数到之日", formula, last, found.basis))
    months = found.length * (12 if found.unit == "year" else 1)
    last = dates.add_months(day, months)
    formula = f"{found.length}{unit}后的对应日"
    if last.day != day.day:
        formula += "，没有对应日的为月末日"
    return last, (event, Step("数到之日", formula, last, f"{found.basis}；{CORRESPONDING_DAY}"))


def _hours(found: PeriodRule, start: date) -> PeriodResult:
    instant = dates.instant_of(start)
    whole = instant.replace(minute=0, second=0, microsecond=0)
    first = whole if whole == instant else whole + timedelta(hours=1)
    last = dates.add_span(first, lambda: timedelta(hours=found.length))
    steps = (
        Step(
            f"{found.start}之时",
            "开始的时不计算在内，从次时起算",
            first,
            f"{COUNTING}；{titles.CIVIL_INTERPRETATION}第一百二十五条",
        ),
        Step("届满之时", f"自次时起数{found.length}小时", last, found.basis),
    )
    return PeriodResult(
        kind=found.kind,
        label=found.label,
        start=instant.date(),
        length=found.length,
        unit="hour",
        nominal_end=last.date(),
        end=last.date(),
        end_at=last,
        certain=True,
        steps=steps,
        basis=found.basis,
        cautions=_cautions(found),
    )


def _cautions(found: PeriodRule) -> tuple[Caution, ...]:
    if found.status != "convention":
        return ()
    text = f"“{found.label}”的天数法律没有写明，这里是可调整的约定，以法院指定为准。"
    return (Caution("period.convention", text, found.basis),)


def _unpublished(missing: LawError) -> Caution:
    text = f"{missing.reason}末日如遇法定休假日，将顺延至休假日后的第一日。"
    return Caution("calendar.missing-year", text, calendar.BASIS)
