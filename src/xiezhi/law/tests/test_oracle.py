"""The law against a brute-force oracle on generated histories."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from xiezhi.law import calendar, parameters, periods
from xiezhi.law.tests import oracle
from xiezhi.law.trial_clock import Converted, Event, Excluded, Extended, Filed, clock

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
LIMITS = {"ordinary": (6, [6, 3]), "summary": (3, [1]), "small-claims": (2, [1])}
PLAIN_GROUNDS = ["public-notice", "appraisal", "settlement", "jurisdiction", "audit", "suspension"]
UNITS = {"day": 90, "working_day": 30, "month": 8, "year": 1}


def some_day(source: random.Random, last: date = LAST) -> date:
    return FIRST + timedelta(days=source.randrange((last - FIRST).days + 1))


def test_every_day_of_every_recorded_year() -> None:
    assert set(calendar.known_years()) == oracle.YEARS
    day = date(min(oracle.YEARS), 1, 1)
    while day.year in oracle.YEARS:
        assert calendar.is_working_day(day) == oracle.works(day), day
        day += timedelta(days=1)


def compare_periods(source: random.Random, rounds: int) -> None:
    for _ in range(rounds):
        unit = source.choice(list(UNITS))
        length = source.randrange(UNITS[unit] + 1)
        start = some_day(source, date(2025, 11, 30))
        rolls = source.random() < 0.7
        found = periods.count(start, length, unit, rollover=rolls)
        expected = oracle.period_end(start, length, unit, rolls=rolls or unit == "working_day")
        if not rolls and unit == "working_day":
            expected = oracle.period_end(start, length, unit, rolls=False)
        assert found.end == expected, (start, length, unit, rolls)
        assert not rolls or calendar.is_working_day(found.end)


def compare_kinds(source: random.Random, rounds: int) -> None:
    day = date(2026, 1, 31)
    kinds = [kind for kind in periods.kinds() if periods.rule(kind, day).unit != "hour"]
    for _ in range(rounds):
        start = some_day(source, date(2026, 1, 31))
        kind = source.choice(kinds)
        rule = periods.rule(kind, start)
        found = periods.end_of(kind, start, allow_unpublished=True)
        if rule.before:
            assert found.end == start - timedelta(days=rule.length)
        elif found.certain:
            expected = oracle.period_end(start, rule.length, rule.unit, rolls=rule.rollover)
            assert found.end == expected, (kind, start)
            assert calendar.is_working_day(found.end) or not rule.rollover


def compare_clocks(source: random.Random, rounds: int) -> None:
    for _ in range(rounds):
        filed = some_day(source)
        procedure = source.choice(list(LIMITS))
        events: list[Event] = [Filed(filed, procedure)]
        if procedure != "ordinary" and source.random() < 0.4:
            events.append(Converted(filed + timedelta(days=source.randrange(1, 60)), "ordinary"))
            procedure = "ordinary"
        months, more = LIMITS[procedure]
        extended = source.randrange(len(more) + 1)
        first = filed + timedelta(days=61)
        events += [Extended(first + timedelta(days=n)) for n in range(extended)]
        spans = []
        for _ in range(source.randrange(9)):
            start = filed + timedelta(days=source.randrange(-20, 400))
            span = (start, start + timedelta(days=source.randrange(70)))
            spans.append(span)
            events.append(Excluded(source.choice(PLAIN_GROUNDS), *span))
        source.shuffle(events)
        due, skipped = oracle.trial_due(filed, months + sum(more[:extended]), 0, spans)
        found = clock(events)
        assert (found.due, found.excluded_days) == (due, skipped), events


def test_periods_against_the_oracle() -> None:
    compare_periods(random.Random(85), 2000)
    compare_kinds(random.Random(171), 2000)


def test_trial_clocks_against_the_oracle() -> None:
    compare_clocks(random.Random(243), 2000)


@pytest.mark.soak
def test_many_histories_against_the_oracle() -> None:
    compare_periods(random.Random(1), 50_000)
    compare_kinds(random.Random(2), 50_000)
    compare_clocks(random.Random(3), 20_000)


def test_the_oracle_shares_no_number_with_the_law() -> None:
    limits = parameters.table("trial_limits")
    for procedure, (months, more) in LIMITS.items():
        value = limits["limit", procedure][0].value
        assert (value["length"], value["unit"]) == (months, "month")
        assert [extension["length"] for extension in value["extensions"]] == more
