"""Acts in time, outages, effective days and days of conclusion (periods.md sections 1, 6, 8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from xiezhi.law import effect, parameters, periods, timeliness
from xiezhi.law.errors import LawError

BEIJING = timezone(timedelta(hours=8))
END = periods.end_of("appeal-judgment", date(2026, 3, 2))


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BEIJING)


def test_received_before_midnight_of_the_last_day_is_in_time() -> None:
    assert END.end == date(2026, 3, 17)
    assert timeliness.in_time(END, received=at(3, 17, 23, 59)).value
    assert not timeliness.in_time(END, received=at(3, 18, 0)).value


def test_the_postmark_decides_not_the_arrival() -> None:
    late_arrival = at(3, 25, 9)
    found = timeliness.in_time(END, received=late_arrival, posted=date(2026, 3, 17))
    assert found.value
    assert found.steps[-1].label == "交邮日"
    assert not timeliness.in_time(END, posted=date(2026, 3, 18)).value


def test_no_date_is_no_answer() -> None:
    with pytest.raises(LawError, match="需要交邮日期"):
        timeliness.in_time(END)


def test_outage_on_the_last_day_moves_the_end() -> None:
    moved = timeliness.extend_for_outages(END, [(at(3, 17, 22), at(3, 17, 23))])
    assert moved.end == date(2026, 3, 18)
    assert moved.end_at == at(3, 19, 0)
    assert [caution.code for caution in moved.cautions] == ["period.outage"]


def test_short_or_earlier_outages_change_nothing() -> None:
    assert timeliness.extend_for_outages(END, [(at(3, 17, 22), at(3, 17, 22, 59))]) is END
    assert timeliness.extend_for_outages(END, [(at(3, 16, 0), at(3, 17, 0))]) is END
    assert timeliness.extend_for_outages(END, []) is END


def test_overlapping_outages_count_once_and_short_ones_add_up() -> None:
    same = [(at(3, 17, 9), at(3, 17, 9, 40)), (at(3, 17, 9, 10), at(3, 17, 9, 50))]
    assert timeliness.extend_for_outages(END, same) is END
    several = [(at(3, 17, 9), at(3, 17, 9, 40)), (at(3, 17, 15), at(3, 17, 15, 20))]
    assert timeliness.extend_for_outages(END, several[::-1]).end == date(2026, 3, 18)


def test_outage_that_lasts_to_a_holiday_ends_after_it() -> None:
    period = periods.end_of("appeal-judgment", date(2026, 4, 15))
    assert period.end == date(2026, 4, 30)
    moved = timeliness.extend_for_outages(period, [(at(4, 30, 20), at(5, 1, 3))])
    assert moved.end == date(2026, 5, 6)


def test_outage_over_several_last_days_moves_again() -> None:
    moved = timeliness.extend_for_outages(
        END, [(at(3, 17, 8), at(3, 17, 12)), (at(3, 18, 8), at(3, 18, 12))]
    )
    assert moved.end == date(2026, 3, 19)
    assert len(moved.cautions) == 1


def test_impossible_outage_is_refused() -> None:
    with pytest.raises(LawError, match="早于开始"):
        timeliness.extend_for_outages(END, [(at(3, 17, 9), at(3, 17, 8))])


def test_judgment_worked_example_takes_effect_the_day_after_the_last_period() -> None:
    found = effect.effective_on(
        "first-judgment", {"原告": date(2026, 3, 2), "被告": date(2026, 3, 5)}
    )
    assert found.value == date(2026, 3, 21)
    assert [(step.label, step.value) for step in found.steps] == [
        ("原告的判决上诉期届满", date(2026, 3, 17)),
        ("被告的判决上诉期届满", date(2026, 3, 20)),
        ("生效日", date(2026, 3, 21)),
    ]


@pytest.mark.parametrize(
    ("instrument", "value"),
    [
        ("appealable-ruling", "2026-03-17"),
        ("small-claims-judgment", "2026-03-05"),
        ("second-instance", "2026-03-05"),
        ("mediation", "2026-03-05"),
        ("preservation-ruling", "2026-03-05"),
        ("payment-order", "2026-03-21"),
    ],
)
def test_other_instruments(instrument: str, value: str) -> None:
    served = {"甲": date(2026, 3, 5), "乙": date(2026, 3, 2)}
    assert effect.effective_on(instrument, served).value.isoformat() == value


def test_effect_refuses_to_guess() -> None:
    with pytest.raises(LawError, match="没有任何当事人收到"):
        effect.effective_on("first-judgment", {})
    with pytest.raises(LawError, match="没有名为“poem”的文书"):
        effect.effective_on("poem", {"甲": date(2026, 3, 5)})


def test_conclusion_is_the_last_party_served() -> None:
    found = effect.concluded_on(
        {"甲": ("posted", date(2026, 3, 5)), "乙": ("public-notice", date(2026, 3, 2))}
    )
    assert found.value == date(2026, 3, 5)
    assert [step.label for step in found.steps] == ["乙", "甲", "结案日"]
    assert "公告刊登之日" in found.steps[0].formula
    with pytest.raises(LawError, match="送达方式"):
        effect.concluded_on({"甲": ("pigeon", date(2026, 3, 5))})
    with pytest.raises(LawError, match="还没有送达"):
        effect.concluded_on({})


def test_every_recorded_instrument_has_a_day() -> None:
    for name, scope in parameters.table("effect"):
        if name == "instrument":
            assert effect.effective_on(scope, {"甲": date(2026, 3, 5)}).steps
