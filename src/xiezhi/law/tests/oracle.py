"""Slow, literal reckonings of periods and trial limits, sharing no code with the law."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
DAY = timedelta(days=1)


def holidays() -> tuple[set[date], set[date], set[int]]:
    """Return days off, shifted working days and the years recorded, read afresh."""
    off: set[date] = set()
    worked: set[date] = set()
    years: set[int] = set()
    with (DATA / "holidays.toml").open("rb") as stream:
        for row in tomllib.load(stream)["parameter"]:
            years.add(int(row["scope"]))
            worked |= set(row["value"]["worked"])
            for span in row["value"]["off"]:
                day = span["from"]
                while day <= span["to"]:
                    off.add(day)
                    day += DAY
    return off, worked, years


OFF, WORKED, YEARS = holidays()


def works(day: date) -> bool:
    """Tell whether a day is worked."""
    if day in OFF:
        return False
    return day in WORKED or day.strftime("%a") not in {"Sat", "Sun"}


def months_later(start: date, months: int) -> date:
    """Walk forward month by month; where the month is too short, stop on its last day."""
    day = start
    passed = 0
    while passed < months:
        day += DAY
        if day.day == 1:
            passed += 1
    while day.day != start.day and (day + DAY).day != 1:
        day += DAY
    return day


def period_end(start: date, length: int, unit: str, *, rolls: bool) -> date:
    """Count a period by walking its days, the start day left out."""
    day = start
    if unit == "day":
        for _ in range(length):
            day += DAY
    elif unit == "working_day":
        left = length
        while left:
            day += DAY
            if works(day):
                left -= 1
    else:
        day = months_later(start, length * 12 if unit == "year" else length)
    while rolls and not works(day):
        day += DAY
    return day


def trial_due(
    start: date, months: int, days: int, excluded: Iterable[tuple[date, date]]
) -> tuple[date, int]:
    """Walk a trial limit day by day, letting excluded days pass without counting.

    Return the last day and how many days did not count before it.
    """
    spans = list(excluded)
    last = months_later(start, months) + days * DAY
    allowed = (last - start).days
    day, counted, skipped = start, 0, 0
    while counted < allowed:
        day += DAY
        if any(first < day <= end for first, end in spans):
            skipped += 1
        else:
            counted += 1
    return day, skipped
