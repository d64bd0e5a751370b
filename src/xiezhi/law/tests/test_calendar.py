"""Working days: the holiday tables of periods.md section 1."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xiezhi.law import calendar
from xiezhi.law.errors import LawError


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
        ("2025-01-01", "2025-01-01"),
        ("2025-01-28", "2025-02-04"),
        ("2025-04-04", "2025-04-06"),
        ("2025-05-01", "2025-05-05"),
        ("2025-05-31", "2025-06-02"),
        ("2025-10-01", "2025-10-08"),
        ("2024-01-01", "2024-01-01"),
        ("2024-02-10", "2024-02-17"),
        ("2024-04-04", "2024-04-06"),
        ("2024-05-01", "2024-05-05"),
        ("2024-06-08", "2024-06-10"),
        ("2024-09-15", "2024-09-17"),
        ("2024-10-01", "2024-10-07"),
    ],
)
def test_holidays_are_not_worked_and_their_neighbours_tell(first: str, last: str) -> None:
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        assert calendar.is_holiday(day)
        day += timedelta(days=1)


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
        "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
        "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14",
        "2024-09-29", "2024-10-12",
    ],
)  # fmt: skip
def test_shifted_weekend_days_are_worked(day: str) -> None:
    shifted = date.fromisoformat(day)
    assert shifted.weekday() >= 5
    assert calendar.is_working_day(shifted)
    assert calendar.describe(shifted) == "调休上班日"


def test_ordinary_days_follow_the_week() -> None:
    assert calendar.is_working_day(date(2026, 3, 2))
    assert not calendar.is_working_day(date(2026, 3, 7))
    assert calendar.describe(date(2026, 3, 7)) == "周末"
    assert calendar.describe(date(2026, 3, 2)) == "工作日"
    assert calendar.describe(date(2026, 2, 17)) == "春节假期"


def test_next_working_day_keeps_a_working_day_and_leaps_a_holiday() -> None:
    assert calendar.next_working_day(date(2026, 3, 2)) == date(2026, 3, 2)
    assert calendar.next_working_day(date(2026, 2, 15)) == date(2026, 2, 24)


def test_add_working_days_does_not_count_the_first_day() -> None:
    assert calendar.add_working_days(date(2026, 4, 30), 1) == date(2026, 5, 6)
    assert calendar.add_working_days(date(2026, 4, 30), 4) == date(2026, 5, 9)
    assert calendar.add_working_days(date(2026, 4, 30), 0) == date(2026, 4, 30)
    with pytest.raises(LawError, match="不能为负数"):
        calendar.add_working_days(date(2026, 4, 30), -1)


def test_a_missing_year_is_an_error_that_says_how_to_add_it() -> None:
    missing = max(calendar.known_years()) + 1
    with pytest.raises(LawError, match=f"{missing}年的节假日安排尚未录入") as caught:
        calendar.is_working_day(date(missing, 1, 4))
    assert caught.value.code == "calendar.missing-year"
    assert "law/data/holidays.toml" in caught.value.remedy


def test_every_recorded_span_lies_in_its_year() -> None:
    for year in calendar.known_years():
        table = calendar._year(year)
        assert {day.year for day in table.off} | {day.year for day in table.worked} == {year}
        assert not set(table.off) & table.worked
        assert all(day.weekday() >= 5 for day in table.worked)
