"""Periods: the worked examples of periods.md and fees.md, and each rule R1 to R10."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from xiezhi.law import periods
from xiezhi.law.errors import LawError

BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("number", "start", "length", "unit", "end"),
    [
        ("T1", "2026-01-19", 15, "day", "2026-02-03"),
        ("T2", "2026-02-06", 15, "day", "2026-02-24"),
        ("T3", "2026-01-30", 15, "day", "2026-02-14"),
        ("T4", "2026-04-17", 15, "day", "2026-05-06"),
        ("T5", "2026-03-27", 10, "day", "2026-04-07"),
        ("T6", "2026-09-18", 15, "day", "2026-10-08"),
        ("T7", "2026-05-06", 3, "day", "2026-05-09"),
        ("T8", "2026-12-01", 15, "day", "2026-12-16"),
        ("T10", "2026-08-31", 3, "month", "2026-11-30"),
    ],
)
def test_count_worked_examples(number: str, start: str, length: int, unit: str, end: str) -> None:
    result = periods.count(date.fromisoformat(start), length, unit)
    assert result.end.isoformat() == end, number


def test_count_t9_without_rollover() -> None:
    result = periods.count(date(2025, 8, 31), 6, "month", rollover=False)
    assert result.end == date(2026, 2, 28)
    assert "没有对应日的为月末日" in result.steps[-1].formula


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("appeal-judgment", "2026-01-19", "2026-02-03"),
        ("appeal-judgment", "2026-02-06", "2026-02-24"),
        ("appeal-judgment", "2026-01-30", "2026-02-14"),
        ("answer", "2026-04-17", "2026-05-06"),
        ("appeal-ruling", "2026-03-27", "2026-04-07"),
        ("appeal-judgment", "2026-09-18", "2026-10-08"),
        ("transfer-to-division", "2026-05-06", "2026-05-09"),
        ("fee-payment", "2026-05-25", "2026-06-01"),
        ("fee-payment", "2026-04-24", "2026-05-06"),
        ("filing-review", "2026-03-02", "2026-03-09"),
        ("filing-review", "2026-02-09", "2026-02-24"),
        ("correction", "2026-03-02", "2026-03-09"),
        ("appeal-judgment", "2026-03-02", "2026-03-17"),
        ("appeal-judgment", "2026-03-05", "2026-03-20"),
        ("retrial-application", "2026-03-31", "2026-09-30"),
        ("enforcement-application", "2024-02-29", "2026-02-28"),
        ("mediator-designation", "2026-04-30", "2026-05-08"),
        ("filing-remand", "2026-05-05", "2026-05-06"),
        ("bankruptcy-notice", "2026-03-02", "2026-03-09"),
        ("bankruptcy-objection", "2026-03-09", "2026-03-16"),
        ("bankruptcy-ruling", "2026-03-16", "2026-03-26"),
        ("sanction-review-application", "2026-03-02", "2026-03-05"),
        ("confirmation-objection-interested", "2026-03-02", "2026-09-02"),
    ],
)
def test_end_of_named_periods(kind: str, start: str, end: str) -> None:
    assert periods.end_of(kind, date.fromisoformat(start)).end.isoformat() == end


def test_end_of_shows_each_step_with_its_article() -> None:
    result = periods.end_of("appeal-judgment", date(2026, 2, 6))
    assert [(step.label, step.shown) for step in result.steps] == [
        ("收到判决书之日", "2026年2月6日（周五）"),
        ("数到之日", "2026年2月21日（周六）"),
        ("末日顺延", "2026年2月24日（周二）"),
    ]
    assert all(step.basis for step in result.steps)
    assert result.basis == (
        "《中华人民共和国民事诉讼法》第一百七十一条；《中华人民共和国行政诉讼法》第八十五条；《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百四十四条"
    )
    assert result.rolled
    assert result.value == date(2026, 2, 24)


def test_end_at_is_midnight_in_shanghai() -> None:
    result = periods.end_of("filing-review", date(2026, 3, 2))
    assert result.end_at == datetime(2026, 3, 9, 16, tzinfo=UTC)


def test_start_given_as_instant_is_a_shanghai_day() -> None:
    late = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    assert periods.end_of("filing-review", late).start == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("hour", "minute", "end"),
    [
        (10, 0, datetime(2026, 5, 2, 10, tzinfo=BEIJING)),
        (10, 1, datetime(2026, 5, 2, 11, tzinfo=BEIJING)),
        (23, 59, datetime(2026, 5, 3, 0, tzinfo=BEIJING)),
    ],
)
def test_hours_start_with_the_next_hour_and_never_roll(
    hour: int, minute: int, end: datetime
) -> None:
    start = datetime(2026, 4, 30, hour, minute, tzinfo=BEIJING)
    result = periods.end_of("preservation-urgent", start)
    assert result.end_at == end
    assert not result.rolled


def test_hours_refuse_a_bare_date() -> None:
    with pytest.raises(LawError, match="时区") as caught:
        periods.end_of("preservation-urgent", date(2026, 4, 30))
    assert caught.value.code == "period.needs-instant"


def test_custody_stops_the_rollover() -> None:
    start = date(2026, 4, 21)
    free = periods.end_of("appeal-criminal-judgment", start)
    held = periods.end_of("appeal-criminal-judgment", start, in_custody=True)
    assert (free.end, held.end) == (date(2026, 5, 6), date(2026, 5, 1))
    assert held.steps[-1].basis == "《中华人民共和国刑事诉讼法》第一百零五条"
    with pytest.raises(LawError, match="只适用于刑事案件"):
        periods.end_of("appeal-judgment", start, in_custody=True)


def test_backward_periods_do_not_roll() -> None:
    result = periods.end_of("hearing-notice", date(2026, 5, 6))
    assert result.end == date(2026, 5, 3)
    assert not result.rolled


def test_length_of_the_court_is_held_to_the_bound() -> None:
    start = date(2026, 3, 2)
    assert periods.end_of("evidence-ordinary", start, length=30).end == date(2026, 4, 1)
    assert periods.end_of("evidence-small-claims", start, length=5).end == date(2026, 3, 9)
    with pytest.raises(LawError, match="不得少于15日"):
        periods.end_of("evidence-ordinary", start, length=14)
    with pytest.raises(LawError, match="不得超过7日"):
        periods.end_of("evidence-small-claims", start, length=8)
    with pytest.raises(LawError, match="不能为负数"):
        periods.end_of("correction", start, length=-1)


def test_a_length_of_zero_ends_on_the_day_itself() -> None:
    assert periods.end_of("correction", date(2026, 3, 2), length=0).end == date(2026, 3, 2)
    assert periods.count(date(2026, 3, 2), 0, "month").end == date(2026, 3, 2)


def test_count_of_hours() -> None:
    result = periods.count(datetime(2026, 4, 30, 9, 59, tzinfo=BEIJING), 24, "hour")
    assert result.end_at == datetime(2026, 5, 1, 10, tzinfo=BEIJING)
    assert (result.certain, result.value, result.cautions) == (True, date(2026, 5, 1), ())
    assert not result.fixed


def test_count_never_guesses_a_missing_year() -> None:
    with pytest.raises(LawError, match="2027年的节假日安排尚未录入"):
        periods.count(date(2026, 12, 31), 1, "day")


def test_fixed_periods_are_marked() -> None:
    marked = {kind for kind in periods.kinds() if periods.rule(kind, date(2026, 3, 2)).fixed}
    assert marked == {"retrial-application", "third-party-revocation"}
    assert periods.end_of("retrial-application", date(2026, 3, 2)).fixed
    assert not periods.count(date(2026, 3, 2), 1, "day").fixed


def test_convention_is_said_and_overridable() -> None:
    usual = periods.end_of("correction", date(2026, 3, 2))
    assert [caution.code for caution in usual.cautions] == ["period.convention"]
    longer = periods.end_of("correction", date(2026, 3, 2), length=15)
    assert longer.end == date(2026, 3, 17)
    assert longer.cautions == ()


def test_year_without_table_is_refused_or_answered_with_a_caution() -> None:
    start = date(2026, 12, 25)
    with pytest.raises(LawError, match="2027年的节假日安排尚未录入"):
        periods.end_of("appeal-judgment", start)
    result = periods.end_of("appeal-judgment", start, allow_unpublished=True)
    assert (result.end, result.certain) == (date(2027, 1, 9), False)
    assert [caution.code for caution in result.cautions] == ["calendar.missing-year"]


def test_article_follows_the_version_of_the_procedure_law() -> None:
    old = periods.end_of("judicial-confirmation", date(2023, 6, 1))
    new = periods.end_of("judicial-confirmation", date(2024, 6, 1))
    assert (old.basis, new.basis) == (
        "《中华人民共和国民事诉讼法》第二百零一条",
        "《中华人民共和国民事诉讼法》第二百零五条",
    )


def test_unknown_kind_unit_and_day_are_refused() -> None:
    with pytest.raises(LawError, match="没有名为“nothing”的期间"):
        periods.end_of("nothing", date(2026, 3, 2))
    with pytest.raises(LawError, match="不认识的期间单位"):
        periods.count(date(2026, 3, 2), 1, "fortnight")
    with pytest.raises(LawError, match="没有录入2010-03-02适用的规则参数"):
        periods.end_of("filing-review", date(2010, 3, 2))


def test_every_recorded_kind_can_be_counted() -> None:
    start = datetime(2024, 3, 4, 9, 30, tzinfo=BEIJING)
    for kind in periods.kinds():
        result = periods.end_of(kind, start, allow_unpublished=True)
        assert result.label
        assert result.basis
        assert result.steps
