"""What clocks, steps and pages of a list say."""

from __future__ import annotations

from datetime import date

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezhi.foundation.pages.components import ClockBadge, DiffRow, Pagination, Step, StepBar


def clock(days_left: int | None) -> ClockBadge:
    return ClockBadge(label="立案审查期限", due=date(2026, 3, 9), days_left=days_left)


@pytest.mark.parametrize(
    ("days_left", "tone", "words"),
    [
        (None, "plain", "暂停计算"),
        (-2, "alarm", "已逾期2天"),
        (0, "wait", "今天到期"),
        (3, "wait", "还剩3天"),
        (4, "lead", "还剩4天"),
    ],
)
def test_clock_says_how_long(days_left: int | None, tone: str, words: str) -> None:
    shown = clock(days_left).variables()
    assert (shown["tone"], shown["words"]) == (tone, words)


def test_clock_standing_still_shows_no_date(environment: jinja2.Environment) -> None:
    template = environment.from_string("{{ clock }}")
    assert "2026年3月9日（周一）" not in template.render(clock=clock(None))
    assert "2026年3月9日（周一）" in template.render(clock=clock(1))


def test_step_bar_says_where_one_is(environment: jinja2.Environment) -> None:
    steps = (Step(label="甲", state="done"), Step(label="乙", state="now"))
    shown = environment.from_string("{{ bar }}").render(bar=StepBar(steps=steps))
    assert "第2步，共2步" in shown
    assert shown.count('aria-current="step"') == 1


def test_pagination_shows_ends_and_neighbours() -> None:
    shown = Pagination(page=9, pages=18, total=342).variables()["numbers"]
    assert shown == [1, None, 8, 9, 10, None, 18]


def test_pagination_keeps_the_filter() -> None:
    pages = Pagination(page=1, pages=2, total=21, url="/list", query=(("q", "借贷 a&b"),))
    assert pages.address(2) == "/list?q=%E5%80%9F%E8%B4%B7+a%26b&page=2"


@given(st.text(max_size=60), st.text(max_size=60))
def test_diff_loses_no_letter(before: str, after: str) -> None:
    old, new = DiffRow(label="甲", before=before, after=after).parts()
    assert "".join(words for words, _ in old) == before
    assert "".join(words for words, _ in new) == after


def test_diff_marks_only_what_changed() -> None:
    row = DiffRow(label="本金", before="借款100,000元整", after="借款120,000元整")
    before, after = row.parts()
    assert [words for words, changed in before if changed] == ["0"]
    assert [words for words, changed in after if changed] == ["2"]
