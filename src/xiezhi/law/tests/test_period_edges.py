"""Where periods end badly: lengths that are none, the end of the calendar, fixed periods."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from xiezhi.law import dates, effect, periods, timeliness
from xiezhi.law.errors import LawError

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=dates.SHANGHAI)


@pytest.mark.parametrize("unit", ["hour", "day", "month", "year"])
@pytest.mark.parametrize("length", [10**5, 10**9, 10**30])
def test_a_period_beyond_the_calendar_is_refused(unit: str, length: int) -> None:
    if (unit, length) in {("hour", 10**5), ("day", 10**5)}:
        length *= 10**3
    with pytest.raises(LawError) as caught:
        periods.count(NOON, length, unit, rollover=False)
    assert caught.value.code == "period.range"


def test_the_last_day_of_the_calendar_has_no_end() -> None:
    with pytest.raises(LawError) as caught:
        periods.count(date.max - timedelta(days=1), 1, "day", rollover=False)
    assert caught.value.code == "period.range"


@pytest.mark.parametrize("length", [1.5, "7", True])
def test_a_length_that_is_no_whole_number_is_refused(length: Any) -> None:
    with pytest.raises(LawError, match="整数"):
        periods.count(DAY, length, "day")
    with pytest.raises(LawError, match="整数"):
        periods.end_of("correction", DAY, length=length)


def test_an_instant_without_zone_is_named_as_such() -> None:
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001
    with pytest.raises(LawError, match="时刻应当带时区"):
        periods.end_of("answer", naive)


def test_a_postmark_may_come_as_an_instant() -> None:
    period = periods.end_of("answer", DAY)
    late = datetime(2026, 3, 17, 15, 59, tzinfo=UTC)
    assert timeliness.in_time(period, posted=late).value
    assert not timeliness.in_time(period, posted=late + timedelta(minutes=1)).value


def test_a_fixed_period_is_not_moved_by_an_outage_but_the_doubt_is_told() -> None:
    period = periods.end_of("third-party-revocation", DAY)
    down = (period.end_at - timedelta(hours=9), period.end_at - timedelta(hours=1))
    kept = timeliness.extend_for_outages(period, [down])
    assert (kept.end, kept.steps) == (period.end, period.steps)
    assert [caution.code for caution in kept.cautions] == ["period.outage-fixed"]
    assert timeliness.extend_for_outages(period, []) is period


def test_a_party_abroad_has_thirty_days_before_a_judgment_takes_effect() -> None:
    received = {"原告": date(2026, 3, 2), "被告": date(2026, 3, 5)}
    assert effect.effective_on("first-judgment", received).value == date(2026, 3, 21)
    found = effect.effective_on("first-judgment", received, abroad={"原告"})
    assert found.value == date(2026, 4, 2)
    assert any("境内无住所" in step.label for step in found.steps)
    ruling = effect.effective_on("appealable-ruling", received, abroad={"被告"})
    assert ruling.value == date(2026, 4, 8)
    assert effect.effective_on("mediation", received, abroad={"被告"}).value == date(2026, 3, 5)
    with pytest.raises(LawError, match="丙"):
        effect.effective_on("first-judgment", received, abroad={"丙"})


def test_days_and_instants_of_service_may_stand_together() -> None:
    night = datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert effect.effective_on("mediation", {"甲": DAY, "乙": night}).value == date(2026, 3, 3)
    found = effect.concluded_on({"甲": ("direct", DAY), "乙": ("left", night)})
    assert found.value == date(2026, 3, 3)


def test_review_of_a_retrial_application_runs_from_its_acceptance() -> None:
    assert periods.rule("retrial-review", DAY).start == "受理再审申请"


def test_a_court_serving_for_another_has_seven_days() -> None:
    found = periods.end_of("entrusted-service", date(2026, 4, 24))
    assert (found.nominal_end, found.end) == (date(2026, 5, 1), date(2026, 5, 6))
