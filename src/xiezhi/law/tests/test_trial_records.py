"""Trial limits: what a court's own settings change, and histories that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from xiezhi.law import parameters
from xiezhi.law.errors import LawError
from xiezhi.law.trial_clock import Concluded, Converted, Event, Excluded, Extended, Filed, clock

FILED = Filed(date(2026, 3, 10), "summary")
SETTING = """[[parameter]]
name = "{name}"
from = 2000-09-28
source = "本院规定"
status = "local"
value = {value}
"""


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    parameters.remove_local_directory(tmp_path)


def write(directory: Path, name: str, value: str) -> None:
    (directory / "trial_limits.toml").write_text(
        SETTING.format(name=name, value=value), encoding="utf-8"
    )
    parameters.add_local_directory(directory)


def test_a_court_may_let_the_limit_end_after_the_holidays(local: Path) -> None:
    filed = Filed(date(2026, 4, 3), "ordinary")
    assert clock([filed]).due == date(2026, 10, 3)
    write(local, "rollover", "true")
    found = clock([filed])
    assert (found.due, found.ask_by) == (date(2026, 10, 8), date(2026, 9, 23))
    assert found.steps[-1].value == date(2026, 10, 8)
    assert not any("不因休假日顺延" in step.formula for step in found.steps)


def test_a_rolling_limit_in_a_year_without_holidays_is_refused(local: Path) -> None:
    filed = Filed(date(2026, 8, 31), "ordinary")
    assert clock([filed]).due == date(2027, 2, 28)
    write(local, "rollover", "true")
    with pytest.raises(LawError, match="2027年的节假日安排尚未录入"):
        clock([filed])


def test_a_court_may_count_extensions_from_the_end(local: Path) -> None:
    events: list[Event] = [Filed(date(2026, 1, 31), "small-claims"), Extended(date(2026, 3, 1))]
    assert clock(events).due == date(2026, 4, 30)
    events = [Filed(date(2025, 11, 30), "summary"), Extended(date(2026, 2, 1))]
    assert clock(events).due == date(2026, 3, 30)
    write(local, "extension-base", '"end"')
    assert clock(events).due == date(2026, 3, 28)


@pytest.mark.parametrize(
    "event",
    [
        Converted(date(2026, 4, 2), "ordinary"),
        Extended(date(2026, 4, 2)),
        Excluded("appraisal", date(2026, 4, 2), date(2026, 4, 3)),
    ],
)
def test_nothing_happens_to_the_limit_after_the_conclusion(event: Event) -> None:
    with pytest.raises(LawError) as caught:
        clock([FILED, Concluded(date(2026, 4, 1)), event])
    assert caught.value.code == "trial.after-conclusion"


def test_a_span_still_open_at_the_conclusion_ends_with_it() -> None:
    found = clock([FILED, Excluded("appraisal", date(2026, 4, 1)), Concluded(date(2026, 4, 11))])
    assert (found.excluded_days, found.due) == (10, date(2026, 6, 20))


@pytest.mark.parametrize(
    ("procedure", "by"),
    [
        ("enforcement", "高级人民法院备案"),
        ("enforcement-administrative", "高级人民法院备案"),
        ("criminal-ordinary", "最高人民法院"),
        ("criminal-second", "最高人民法院"),
    ],
)
def test_an_extension_without_a_length_in_the_law_is_not_denied(procedure: str, by: str) -> None:
    used = 2 if procedure == "criminal-ordinary" else 1
    events: list[Event] = [Filed(date(2026, 3, 10), procedure)]
    events += [Extended(date(2026, 4, day)) for day in range(1, used + 1)]
    assert clock(events).extensions_left == 0
    with pytest.raises(LawError, match=by) as caught:
        clock([*events, Extended(date(2026, 4, 9))])
    assert caught.value.code == "trial.extension-unknown"


def test_commuting_a_suspended_death_sentence_is_never_extended() -> None:
    filed = Filed(date(2026, 3, 10), "commutation-reprieve")
    found = clock([filed])
    assert (found.due, found.extensions_left, found.ask_by) == (date(2026, 4, 10), 0, None)
    with pytest.raises(LawError, match="不得再延长"):
        clock([filed, Extended(date(2026, 4, 1))])


def test_a_convention_about_the_limit_itself_is_always_told() -> None:
    found = clock([Filed(date(2026, 3, 10), "criminal-summary-long")])
    assert found.due == date(2026, 4, 24)
    assert [str(caution) for caution in found.cautions] == ["法定为一个半月，按四十五日计算。"]
    assert clock([Filed(date(2026, 3, 10), "administrative-ordinary")]).cautions == ()


def test_voters_cases_must_end_before_the_election() -> None:
    found = clock([Filed(date(2026, 3, 10), "special")])
    assert found.due == date(2026, 4, 9)
    assert [str(caution) for caution in found.cautions] == ["选民资格案件须在选举日前审结。"]


def test_new_evidence_stops_every_kind_of_clock() -> None:
    span = Excluded("new-evidence", date(2026, 3, 12), date(2026, 5, 20))
    for procedure in ("ordinary", "administrative-ordinary", "criminal-second", "enforcement"):
        assert clock([Filed(date(2026, 3, 10), procedure), span]).excluded_days == 31
