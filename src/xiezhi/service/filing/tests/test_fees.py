"""What a filing will cost, quoted from what is typed so far."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xiezhi.service.desk.models import Application
from xiezhi.service.filing.fees import amount_claimed, quote

KIND = "filing.civil.private_lending"
DAY = date(2026, 3, 2)


def claims(*amounts: str) -> dict[str, object]:
    return {"claims": [{"text": "一", "amount": each} for each in amounts]}


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        (("48,000",), "48000"),
        (("48000", "1，500.50"), "49500.50"),
        (("48000", "不知道"), "48000"),
        (("48000", "-5"), "48000"),
    ],
)
def test_sums_of_the_claims_are_added_as_typed(amounts: tuple[str, ...], total: str) -> None:
    assert amount_claimed(KIND, claims(*amounts)) == Decimal(total)


@pytest.mark.parametrize("amounts", [(), ("",), ("0",), ("NaN",), ("1e999",), ("很多",)])
def test_nothing_is_quoted_without_a_sum(amounts: tuple[str, ...]) -> None:
    assert amount_claimed(KIND, claims(*amounts)) is None


def test_the_fee_is_quoted_whole_and_halved() -> None:
    application = Application(kind=KIND, court_id="示0102", payload=claims("48,000"))

    found = quote(application, DAY)

    assert found is not None
    assert (found.whole.payable, found.halved.payable) == (Decimal(1000), Decimal(500))
