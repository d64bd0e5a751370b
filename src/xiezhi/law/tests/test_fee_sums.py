"""What no fee is computed from: floats, negative and endless sums, parts of a cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from xiezhi.law import fees
from xiezhi.law.errors import LawError
from xiezhi.law.fees import Claim

ON = date(2026, 3, 2)
BAD: tuple[tuple[Any, str], ...] = (
    (100.5, "fee.type"),
    (True, "fee.type"),
    ("5000", "fee.type"),
    (Decimal("NaN"), "fee.negative"),
    (Decimal("Infinity"), "fee.negative"),
    (Decimal("-0.01"), "fee.negative"),
    (Decimal("0.001"), "fee.decimals"),
    (10**15, "fee.range"),
    (Decimal("1E+40"), "fee.range"),
)


@pytest.mark.parametrize(("value", "code"), BAD)
def test_a_bad_sum_is_refused_wherever_it_is_given(value: Any, code: str) -> None:
    asked = (
        lambda: fees.acceptance_fee("property", value, on=ON),
        lambda: fees.acceptance_fee("divorce", None, on=ON, base_fee=value),
        lambda: fees.application_fee("preservation", value, on=ON),
        lambda: fees.application_fee("enforcement", None, on=ON, base_fee=value),
        lambda: fees.split_by_result(value, claimed=Decimal(2), supported=Decimal(1), on=ON),
        lambda: fees.split_by_result(Decimal(50), claimed=value, supported=Decimal(0), on=ON),
        lambda: fees.split_by_result(Decimal(50), claimed=Decimal(2), supported=value, on=ON),
        lambda: fees.on_conversion_to_ordinary(200_000, paid=value, on=ON),
        lambda: fees.after_payment_order(200_000, paid=value, on=ON),
        lambda: fees.on_claim_changed(value, 5, inquiry_ended=False, on=ON),
        lambda: fees.refund("dismissed", value, on=ON),
        lambda: fees.relief(value, ground="disabled", natural_person=True, on=ON),
        lambda: fees.amount_in_dispute([Claim("本金", value)]),
    )
    for ask in asked:
        with pytest.raises(LawError) as caught:
            ask()
        assert caught.value.code == code


@pytest.mark.parametrize("reduction", [0.5, Decimal("NaN"), Decimal("Infinity"), True, "0.5"])
def test_a_reduction_that_is_no_share_is_refused(reduction: Any) -> None:
    with pytest.raises(LawError) as caught:
        fees.relief(
            Decimal(8800), ground="disaster", natural_person=True, on=ON, reduction=reduction
        )
    assert caught.value.code == "fee.relief-share"


@pytest.mark.parametrize("rate", [Decimal(0), Decimal(-1), Decimal("NaN"), Decimal("Infinity")])
def test_an_exchange_rate_that_is_none_is_refused(rate: Decimal) -> None:
    with pytest.raises(LawError, match="汇率不正确"):
        fees.amount_in_dispute([Claim("货款", Decimal(100), rate)])


def test_the_largest_sum_is_still_exact() -> None:
    found = fees.acceptance_fee("property", Decimal("999999999999999.99"), on=ON)
    assert found.payable == Decimal("5000000041800.00")


def test_a_party_who_lost_everything_bears_the_whole_fee() -> None:
    split = fees.split_by_result(
        Decimal("15911.11"), claimed=Decimal(100), supported=Decimal(100), on=ON
    )
    assert (split.defendant, split.plaintiff) == (Decimal("15911.11"), Decimal("0.00"))
    assert split.steps[0].formula == "全部"
    lost = fees.split_by_result(
        Decimal("15911.11"), claimed=Decimal(100), supported=Decimal(0), on=ON
    )
    assert (lost.defendant, lost.plaintiff) == (Decimal(0), Decimal("15911.11"))
    assert lost.steps[0].formula == "15,911.11元×0.00元÷100.00元，四舍五入到1元"


def test_what_the_winner_prepaid_goes_back_from_the_court() -> None:
    change = fees.refund("won", Decimal(11_040), on=ON)
    assert (change.direction, change.amount, change.period) == (
        "refund",
        Decimal("11040.00"),
        "fee-refund",
    )
    assert change.basis.endswith("第二百零七条")


def test_realising_security_has_no_recorded_fee_but_takes_the_courts() -> None:
    with pytest.raises(LawError, match="各地不一") as caught:
        fees.application_fee("security", 500_000, on=ON)
    assert caught.value.code == "fee.base-missing"
    found = fees.application_fee("security", 500_000, on=ON, base_fee=100)
    assert found.payable == Decimal("100.00")
