"""The trial clock: examples S1 to S9 of periods.md section 5, and its rules one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.law.errors import LawError
from xiezhi.law.trial_clock import (
    Concluded,
    Converted,
    Event,
    Excluded,
    Extended,
    Filed,
    clock,
    grounds,
    procedures,
)

D = date.fromisoformat


@pytest.mark.parametrize(
    ("number", "events", "due"),
    [
        ("S1", [Filed(D("2026-03-10"), "ordinary")], "2026-09-10"),
        (
            "S2",
            [
                Filed(D("2026-03-10"), "ordinary"),
                Excluded("appraisal", D("2026-04-01"), D("2026-06-01")),
            ],
            "2026-11-10",
        ),
        (
            "S3",
            [
                Filed(D("2026-01-15"), "ordinary"),
                Excluded("public-notice", D("2026-02-02"), D("2026-03-04")),
                Excluded("settlement", D("2026-02-25"), D("2026-03-11")),
            ],
            "2026-08-21",
        ),
        ("S4", [Filed(D("2026-03-10"), "summary"), Extended(D("2026-05-20"))], "2026-07-10"),
        (
            "S5",
            [Filed(D("2026-03-10"), "summary"), Converted(D("2026-05-20"), "ordinary")],
            "2026-09-10",
        ),
        ("S6", [Filed(D("2026-05-18"), "small-claims")], "2026-07-18"),
        ("S7", [Filed(D("2026-08-31"), "second-instance-judgment")], "2026-11-30"),
        ("S8", [Filed(D("2026-04-01"), "administrative-summary")], "2026-05-16"),
        (
            "S9",
            [
                Filed(D("2026-03-10"), "enforcement"),
                Excluded("audit", D("2026-05-08"), D("2026-07-20")),
            ],
            "2026-11-22",
        ),
        ("T9", [Filed(D("2025-08-31"), "ordinary")], "2026-02-28"),
    ],
)
def test_worked_examples(number: str, events: list[Event], due: str) -> None:
    assert clock(events).due == D(due), number
    assert clock(reversed(events)).due == D(due), number


def test_s1_says_until_when_more_time_may_be_asked() -> None:
    found = clock([Filed(D("2026-03-10"), "ordinary")])
    assert (found.ask_by, found.decide_by) == (D("2026-08-26"), D("2026-09-05"))
    assert (found.extensions_left, found.value) == (2, D("2026-09-10"))


def test_s3_counts_the_union_and_shows_it() -> None:
    found = clock(
        [
            Filed(D("2026-01-15"), "ordinary"),
            Excluded("public-notice", D("2026-02-02"), D("2026-03-04")),
            Excluded("settlement", D("2026-02-25"), D("2026-03-11")),
        ]
    )
    assert found.excluded_days == 37
    assert [step.shown for step in found.steps] == [
        "2026年1月15日（周四）",
        "2026年7月15日（周三）",
        "37日",
        "2026年8月21日（周五）",
    ]
    assert found.steps[2].label == "扣除：公告期间、当事人申请庭外和解期间"


def test_s4_may_not_be_extended_again() -> None:
    events: list[Event] = [Filed(D("2026-03-10"), "summary"), Extended(D("2026-05-20"))]
    assert (clock(events).extensions_left, clock(events).ask_by) == (0, None)
    with pytest.raises(LawError, match="不得再延长"):
        clock([*events, Extended(D("2026-06-20"))])


def test_extensions_add_their_months_to_the_limit_at_once() -> None:
    events: list[Event] = [Filed(D("2025-08-31"), "ordinary"), Extended(D("2026-02-10"))]
    assert clock(events).due == D("2026-08-31")
    assert clock([*events, Extended(D("2026-08-10"))]).due == D("2026-11-30")


def test_an_extension_of_the_old_procedure_does_not_carry_over() -> None:
    found = clock(
        [
            Filed(D("2026-03-10"), "summary"),
            Extended(D("2026-05-20")),
            Converted(D("2026-06-20"), "ordinary"),
        ]
    )
    assert (found.due, found.extensions, found.extensions_left) == (D("2026-09-10"), 0, 2)


def test_criminal_conversion_counts_from_the_decision() -> None:
    found = clock(
        [
            Filed(D("2026-03-10"), "criminal-summary"),
            Converted(D("2026-03-20"), "criminal-ordinary"),
        ]
    )
    assert found.due == D("2026-05-20")


def test_conversion_and_extension_after_the_limit_are_told() -> None:
    late = clock([Filed(D("2026-03-10"), "summary"), Converted(D("2026-06-11"), "ordinary")])
    assert [caution.code for caution in late.cautions] == ["trial.late-conversion"]
    in_time = clock([Filed(D("2026-03-10"), "summary"), Converted(D("2026-06-10"), "ordinary")])
    assert in_time.cautions == ()
    slow = clock([Filed(D("2026-03-10"), "summary"), Extended(D("2026-06-11"))])
    assert [caution.code for caution in slow.cautions] == ["trial.late-extension"]


def test_a_span_that_begins_after_the_limit_changes_nothing_and_is_told() -> None:
    events: list[Event] = [Filed(D("2026-03-10"), "summary")]
    for start in ("2026-06-10", "2026-07-01"):
        found = clock([*events, Excluded("appraisal", D(start), D("2026-08-01"))])
        assert (found.due, found.excluded_days) == (D("2026-06-10"), 0)
        assert [caution.code for caution in found.cautions] == ["trial.late-exclusion"]
    assert clock([*events, Excluded("appraisal", D("2026-06-09"), D("2026-06-11"))]).due == D(
        "2026-06-12"
    )


def test_caps_of_grounds_hold() -> None:
    ordinary: list[Event] = [Filed(D("2026-03-10"), "ordinary")]
    month = clock([*ordinary, Excluded("new-evidence", D("2026-04-01"), D("2026-06-15"))])
    assert month.excluded_days == 30
    second: list[Event] = [Filed(D("2026-03-10"), "criminal-second")]
    reading = clock([*second, Excluded("procuratorate-reading", D("2026-04-01"), D("2026-04-20"))])
    assert reading.excluded_days == 12
    short = clock([*second, Excluded("procuratorate-reading", D("2026-04-01"), D("2026-04-05"))])
    assert short.excluded_days == 0
    defender = clock([*second, Excluded("new-defender", D("2026-04-01"), D("2026-04-20"))])
    assert defender.excluded_days == 10


def test_an_open_span_pauses_the_clock_until_the_day_asked() -> None:
    events: list[Event] = [
        Filed(D("2026-03-10"), "ordinary"),
        Excluded("appraisal", D("2026-04-01")),
    ]
    found = clock(events, as_of=D("2026-04-11"))
    assert (found.paused, found.due, found.remaining) == (True, D("2026-09-20"), 162)
    before = clock(events, as_of=D("2026-03-20"))
    assert (before.paused, before.due) == (False, D("2026-09-10"))
    assert clock(events).paused


@pytest.mark.parametrize(
    ("as_of", "remaining", "alert"),
    [
        ("2026-08-10", 31, None), ("2026-08-11", 30, 30), ("2026-08-26", 15, 15),
        ("2026-09-05", 5, 5), ("2026-09-10", 0, 5), ("2026-09-11", -1, -1),
    ],
)  # fmt: skip
def test_alerts_by_days_left(as_of: str, remaining: int, alert: int | None) -> None:
    found = clock([Filed(D("2026-03-10"), "ordinary")], as_of=D(as_of))
    assert (found.remaining, found.alert) == (remaining, alert)
    assert found.overdue == (remaining < 0)


def test_conclusion_stops_the_clock() -> None:
    events: list[Event] = [Filed(D("2026-03-10"), "ordinary"), Concluded(D("2026-09-12"))]
    found = clock(events, as_of=D("2026-12-01"))
    assert (found.remaining, found.overdue, found.alert) == (-2, True, None)
    assert (found.extensions_left, found.ask_by) == (0, None)


def test_foreign_cases_have_no_limit() -> None:
    found = clock([Filed(D("2026-03-10"), "foreign")])
    assert (found.due, found.steps[0].value) == (None, "无审限")


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([], "trial.filing"),
        ([Filed(D("2026-03-10"), "ordinary"), Filed(D("2026-03-11"), "ordinary")], "trial.filing"),
        ([Filed(D("2026-03-10"), "nothing")], "trial.procedure"),
        (
            [Filed(D("2026-03-10"), "ordinary"), Converted(D("2026-04-10"), "small-claims")],
            "trial.conversion",
        ),
        (
            [Filed(D("2026-03-10"), "summary"), Converted(D("2026-03-09"), "ordinary")],
            "trial.before-filing",
        ),
        ([Filed(D("2026-03-10"), "ordinary"), Concluded(D("2026-03-09"))], "trial.before-filing"),
        (
            [
                Filed(D("2026-03-10"), "ordinary"),
                Concluded(D("2026-04-09")),
                Concluded(D("2026-04-10")),
            ],
            "trial.conclusions",
        ),
        (
            [
                Filed(D("2026-03-10"), "ordinary"),
                Excluded("appraisal", D("2026-04-10"), D("2026-04-09")),
            ],
            "trial.span",
        ),
        (
            [Filed(D("2026-03-10"), "ordinary"), Excluded("luck", D("2026-04-10"))],
            "trial.ground",
        ),
        (
            [Filed(D("2026-03-10"), "ordinary"), Excluded("psychiatric", D("2026-04-10"))],
            "trial.ground-area",
        ),
        (
            [
                Filed(D("2026-03-10"), "small-claims"),
                Converted(D("2026-04-10"), "summary"),
                Converted(D("2026-04-10"), "ordinary"),
            ],
            "trial.conversions",
        ),
    ],
)
def test_impossible_histories_are_refused(events: list[Event], code: str) -> None:
    with pytest.raises(LawError) as caught:
        clock(events)
    assert caught.value.code == code


def test_every_procedure_and_ground_is_named() -> None:
    for procedure, label in procedures().items():
        assert clock([Filed(D("2026-03-10"), procedure)]).label == label
    assert len(grounds()) == 16


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@settings(deadline=None)
@given(
    st.lists(st.tuples(DAYS, st.integers(0, 90), st.sampled_from(["appraisal", "settlement"])),
             max_size=12),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_the_order_of_events_never_matters(
    spans: list[tuple[date, int, str]], random: object
) -> None:
    events: list[Event] = [
        Filed(D("2026-01-15"), "summary"),
        Converted(D("2026-03-01"), "ordinary"),
    ]
    events += [Excluded(why, day, day + timedelta(days=n)) for day, n, why in spans]
    first = clock(events)
    shuffled = [*events, *events[:3]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert clock(shuffled) == first


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=8), DAYS, st.integers(0, 60))
def test_one_more_exclusion_never_brings_the_end_nearer(
    spans: list[tuple[date, int]], day: date, length: int
) -> None:
    events: list[Event] = [Filed(D("2026-01-15"), "ordinary")]
    events += [Excluded("audit", start, start + timedelta(days=n)) for start, n in spans]
    more = Excluded("appraisal", day, day + timedelta(days=length))
    before, after = clock(events).due, clock([*events, more]).due
    assert before is not None
    assert after is not None
    assert before <= after
