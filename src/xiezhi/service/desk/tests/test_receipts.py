"""The receipt's number and digest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from xiezhi.foundation.ids import uuid7
from xiezhi.service.desk.receipts import decide_by, receipt_number

AT = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
IDS = st.integers(min_value=0, max_value=2**128 - 1).map(lambda number: UUID(int=number))


def test_a_receipt_bears_the_shanghai_date_of_the_submission() -> None:
    assert receipt_number(uuid7(), AT).startswith("收20260302-")


@given(IDS)
def test_a_receipt_uses_no_letter_that_is_misread(application_id: UUID) -> None:
    letters = receipt_number(application_id, AT).split("-", 1)[1]

    assert not set("ILOU") & set(letters)
    assert [len(group) for group in letters.split("-")] == [4, 4, 4]


@given(st.sets(IDS, min_size=2, max_size=50))
def test_receipts_of_different_applications_differ(ids: set[UUID]) -> None:
    assert len({receipt_number(one, AT) for one in ids}) == len(ids)


def test_the_same_application_always_has_the_same_number() -> None:
    one = uuid7()

    assert receipt_number(one, AT) == receipt_number(one, AT)


def test_the_court_decides_within_seven_days_rolled_over_days_of_rest() -> None:
    assert decide_by(AT) == date(2026, 3, 9)
    assert decide_by(datetime(2026, 4, 24, 2, tzinfo=UTC)) == date(2026, 5, 6)
