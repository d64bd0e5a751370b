"""The plan of the city: the same for the same seed, with something of every fate."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pypdfium2
import pytest

from xiezhi.contracts import kinds
from xiezhi.law.calendar import is_working_day
from xiezhi.sites.demo import papers
from xiezhi.sites.demo.plan import Fate, plan

TODAY = date(2026, 11, 20)


def test_the_same_seed_gives_the_same_plan() -> None:
    first, again, other = (plan(seed=s, count=40, today=TODAY) for s in (1, 1, 2))

    assert first == again
    assert first != other


@pytest.mark.parametrize("count", [6, 10, 40, 100])
def test_every_fate_occurs_and_none_is_lost(count: int) -> None:
    filings = plan(seed=3, count=count, today=TODAY)

    assert len(filings) == count
    assert set(Counter(filing.fate for filing in filings)) == set(Fate)


def test_filings_happen_on_working_days_in_order() -> None:
    moments = [filing.at for filing in plan(seed=3, count=40, today=TODAY)]

    assert moments == sorted(moments)
    assert all(is_working_day(moment.date()) for moment in moments)


def test_a_year_without_a_calendar_still_has_its_weekdays() -> None:
    moments = [filing.at for filing in plan(seed=3, count=10, today=date(2031, 3, 3))]

    assert all(moment.weekday() < 5 for moment in moments)


def test_what_is_typed_is_a_valid_application() -> None:
    kind = kinds.get("filing.civil.private_lending")

    for filing in plan(seed=5, count=40, today=TODAY):
        kind.payload.model_validate(filing.typed())


def test_papers_say_what_the_filing_says() -> None:
    filing = plan(seed=5, count=6, today=TODAY)[0]

    text = (
        pypdfium2.PdfDocument(papers.promissory_note(filing))[0].get_textpage().get_text_bounded()
    )

    assert filing.plaintiff.name in text
    assert f"{filing.principal:,} 元" in text
    assert papers.identity_card(filing).startswith(b"\x89PNG")
