"""Working days and statutory holidays (法定休假日), one dated table per year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from xiezhi.law import titles
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import derived, table

BASIS = (
    f"{titles.CIVIL_PROCEDURE}第八十五条；《全国年节及纪念日放假办法》；国务院办公厅当年节假日安排"
)
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Year:
    """The holidays of one year by name, and the weekend days that are worked."""

    year: int
    off: dict[date, str]
    worked: frozenset[date]
    source: str


def known_years() -> tuple[int, ...]:
    """Return the years whose holiday arrangement is recorded, in order.

    Basis: 国务院办公厅每年的节假日安排通知。
    """
    return tuple(sorted(_years()))


def is_working_day(day: date) -> bool:
    """Tell whether courts work on a day.

    Basis: 民事诉讼法第八十五条；全国年节及纪念日放假办法。
    Refuses: ``LawError`` (``calendar.missing-year``) for a year without arrangement.
    """
    year = _year(day.year)
    if day in year.off:
        return False
    return day.weekday() < _SATURDAY or day in year.worked


def is_holiday(day: date) -> bool:
    """Tell whether a day is a statutory day of rest (法定休假日, weekends included).

    Basis: 民事诉讼法第八十五条。
    Refuses: as :func:`is_working_day`.
    """
    return not is_working_day(day)


def describe(day: date) -> str:
    """Return why a day is worked or not: a holiday's name, a weekend, a shifted day.

    Basis: 国务院办公厅当年节假日安排。
    Refuses: as :func:`is_working_day`.
    """
    year = _year(day.year)
    if name := year.off.get(day):
        return f"{name}假期"
    if day.weekday() < _SATURDAY:
        return "工作日"
    return "调休上班日" if day in year.worked else "周末"


def next_working_day(day: date) -> date:
    """Return the day itself when it is worked, else the first worked day after it.

    Basis: 民事诉讼法第八十五条（届满日为法定休假日的，以休假日后的第一日为届满日）。
    Refuses: as :func:`is_working_day`.
    """
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """Return the ``count``-th working day after a day, the day itself not counted.

    Basis: 民事诉讼法第八十五条（开始的日不计算在内）。
    Refuses: a negative count; otherwise as :func:`is_working_day`.
    """
    if count < 0:
        raise LawError("工作日数不能为负数。", code="calendar.negative", basis=BASIS)
    while count:
        day += _ONE_DAY
        count -= is_working_day(day)
    return day


def _year(year: int) -> Year:
    found = _years().get(year)
    if found is None:
        raise LawError(
            f"{year}年的节假日安排尚未录入，无法判断休假日。",
            code="calendar.missing-year",
            basis=BASIS,
            remedy=f"请按国务院办公厅通知在 law/data/holidays.toml 中增加 {year} 年。",
        )
    return found


@derived
def _years() -> dict[int, Year]:
    years: dict[int, Year] = {}
    for (_, scope), versions in table("holidays").items():
        entry = versions[0]
        off = {
            day: span["name"]
            for span in entry.value["off"]
            for day in _days(span["from"], span["to"])
        }
        years[int(scope)] = Year(int(scope), off, frozenset(entry.value["worked"]), entry.source)
    return years


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
