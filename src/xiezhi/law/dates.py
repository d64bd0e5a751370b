"""Days and instants of the courts: Shanghai dates, corresponding days, midnights."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from typing import TypeVar

from xiezhi.law import titles
from xiezhi.law.errors import LawError

D = TypeVar("D", date, datetime)
DAYS = f"{titles.CIVIL_CODE}第二百条"
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
_MONTHS = 12


def day_of(when: date) -> date:
    """Return the Shanghai date of a date or an aware instant.

    Basis: 民法典第二百条（公历年、月、日、小时）。
    Refuses: ``LawError`` for an instant without time zone.
    """
    if not isinstance(when, datetime):
        return when
    if when.tzinfo is None:
        raise LawError("时刻应当带时区。", code="period.needs-zone", basis=DAYS)
    return when.astimezone(SHANGHAI).date()


def instant_of(when: date) -> datetime:
    """Return an aware instant in Shanghai time.

    Basis: 民法典第二百条；民事诉讼法第八十五条。
    Refuses: ``LawError`` for a bare date or an instant without time zone.
    """
    if not isinstance(when, datetime) or when.tzinfo is None:
        raise LawError(
            "以小时计算的期间需要带时区的具体时刻。",
            code="period.needs-instant",
            basis=f"{titles.CIVIL_PROCEDURE}第八十五条",
        )
    return when.astimezone(SHANGHAI)


def midnight_after(day: date) -> datetime:
    """Return the end of a day, 24:00 Shanghai time.

    Basis: 民法典第二百零三条。
    """
    return datetime.combine(add_span(day, lambda: timedelta(days=1)), time.min, SHANGHAI)


def add_months(day: date, months: int) -> date:
    """Return the corresponding day so many months later, or the end of that month.

    Basis: 民法典第二百零二条。
    Refuses: ``LawError`` for a day no calendar has.
    """
    total = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(total, _MONTHS)
    if not date.min.year <= year <= date.max.year:
        raise beyond_calendar()
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_span(day: D, span: Callable[[], timedelta]) -> D:
    """Return a day or instant so much later (or earlier).

    Basis: 民法典第二百零一条。
    Refuses: ``LawError`` for a day no calendar has.
    """
    try:
        return day + span()
    except OverflowError as far:
        raise beyond_calendar() from far


def beyond_calendar() -> LawError:
    """Return the refusal of a day no calendar has.

    Basis: 民法典第二百条（公历）。
    """
    return LawError("期间过长，超出可以计算的日期。", code="period.range", basis=DAYS)
