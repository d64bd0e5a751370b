"""Fees after the first payment: examples H4 to H9 of fees.md and its sections 6 to 9."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.law import fees, periods
from xiezhi.law.errors import LawError
from xiezhi.law.fees import assistance, bearing
from xiezhi.law.parameters import table
from xiezhi.law.results import round_cent

ON = date(2026, 3, 2)


def test_h5_appeal_counts_only_what_is_disputed() -> None:
    assert [fee.payable for fee in fees.appeal_fees([200_000], together=False, on=ON)] == [4300]


def test_joint_appellants_prepay_once_separate_ones_each() -> None:
    joint = fees.appeal_fees([200_000, 200_000], together=True, on=ON)
    apart = fees.appeal_fees([200_000, 100_000], together=False, on=ON)
    assert [fee.payable for fee in joint] == [4300]
    assert [fee.payable for fee in apart] == [4300, 2300]
    with pytest.raises(LawError, match="上诉请求数额应当相同"):
        fees.appeal_fees([200_000, 100_000], together=True, on=ON)
    with pytest.raises(LawError, match="没有上诉请求"):
        fees.appeal_fees([], together=True, on=ON)


@pytest.mark.parametrize(
    ("ground", "fee"), [("", "0"), ("new-evidence", "4300"), ("no-appeal", "4300")]
)
def test_retrial_is_free_except_on_two_grounds(ground: str, fee: str) -> None:
    assert fees.retrial_fee(200_000, ground=ground, on=ON).payable == Decimal(fee)


def test_retrial_on_an_unknown_ground_is_refused() -> None:
    with pytest.raises(LawError, match="再审情形"):
        fees.retrial_fee(200_000, ground="luck", on=ON)


def test_h6_conversion_adds_the_other_half_within_its_period() -> None:
    change = fees.on_conversion_to_ordinary(200_000, paid=Decimal(2150), on=ON)
    assert (change.direction, change.value) == ("supplement", Decimal(2150))
    assert periods.end_of(change.period, date(2026, 3, 2)).end == date(2026, 3, 9)
    assert "按撤诉处理" in change.consequence


def test_h7_unpaid_conversion_returns_half() -> None:
    assert fees.refund("unpaid-conversion", Decimal(2150), on=ON).value == Decimal(1075)


def test_h8_smaller_claim_before_the_inquiry_ends_is_refunded() -> None:
    change = fees.on_claim_changed(500_000, 200_000, inquiry_ended=False, on=ON)
    assert (change.direction, change.value) == ("refund", Decimal(4500))
    assert change.period == "fee-refund"


def test_smaller_claim_after_the_inquiry_is_borne_by_the_party() -> None:
    change = fees.on_claim_changed(500_000, 200_000, inquiry_ended=True, on=ON)
    assert (change.direction, change.value) == ("nothing", Decimal(0))
    assert (change.steps[-1].value, change.basis) == (
        Decimal(4500),
        "《诉讼费用交纳办法》第三十五条",
    )


@pytest.mark.parametrize("ended", [True, False])
def test_h9_larger_claim_is_supplemented(ended: bool) -> None:  # noqa: FBT001
    change = fees.on_claim_changed(200_000, 500_000, inquiry_ended=ended, on=ON)
    assert (change.direction, change.value) == ("supplement", Decimal(4500))


def test_changed_claim_of_a_halved_case_is_halved_and_same_claim_changes_nothing() -> None:
    change = fees.on_claim_changed(
        200_000, 500_000, inquiry_ended=False, on=ON, halving=["summary"]
    )
    assert change.value == Decimal(2250)
    same = fees.on_claim_changed(5000, 10_000, inquiry_ended=False, on=ON)
    assert (same.direction, same.value) == ("nothing", Decimal(0))


def test_payment_order_fee_is_credited_by_convention() -> None:
    change = fees.after_payment_order(200_000, paid=Decimal("1433.33"), on=ON)
    assert (change.direction, change.value) == ("supplement", Decimal("2866.67"))
    assert "约定" in change.steps[1].formula


@pytest.mark.parametrize(
    ("reason", "back"),
    [
        ("not-accepted", "4300"), ("dismissed", "4300"), ("ruling-upheld", "4300"),
        ("remanded", "4300"), ("crime-transferred", "4300"), ("crime-continued", "0"),
        ("suspended", "0"), ("terminated", "0"), ("transferred", "0"),
    ],
)  # fmt: skip
def test_refunds_of_section_seven(reason: str, back: str) -> None:
    change = fees.refund(reason, Decimal(4300), on=ON)
    assert change.value == Decimal(back)
    assert change.basis.startswith("《诉讼费用交纳办法》第二十")


def test_refund_refuses_what_it_does_not_know() -> None:
    with pytest.raises(LawError, match="退费事由"):
        fees.refund("luck", Decimal(1), on=ON)
    with pytest.raises(LawError, match="不能为负数"):
        fees.refund("dismissed", Decimal(-1), on=ON)


def test_split_by_result_worked_example() -> None:
    split = fees.split_by_result(
        Decimal(13_800), claimed=Decimal(1_000_000), supported=Decimal(800_000), on=ON
    )
    assert (split.defendant, split.plaintiff) == (Decimal(11_040), Decimal(2_760))
    assert [caution.code for caution in split.cautions] == ["fee.split-convention"]


@settings(deadline=None)
@given(
    st.decimals(0, 10_000_000, places=2),
    st.decimals(Decimal("0.01"), 1_000_000_000, places=2),
    st.decimals(0, 1, places=4),
)
def test_split_conserves_the_fee(fee: Decimal, claimed: Decimal, share: Decimal) -> None:
    supported = round_cent(claimed * share)
    split = fees.split_by_result(fee, claimed=claimed, supported=supported, on=ON)
    assert split.defendant + split.plaintiff == fee
    assert split.defendant >= 0
    assert split.plaintiff >= 0


def test_split_refuses_impossible_results() -> None:
    with pytest.raises(LawError, match="未填请求金额"):
        fees.split_by_result(Decimal(1), claimed=Decimal(0), supported=Decimal(0), on=ON)
    with pytest.raises(LawError, match="不能超过请求金额"):
        fees.split_by_result(Decimal(1), claimed=Decimal(1), supported=Decimal(2), on=ON)


def test_who_bears_every_recorded_situation() -> None:
    assert fees.who_bears("enforcement", on=ON).value == "被执行人"
    assert fees.who_bears("withdrawn", on=ON).value == "原告或者上诉人"
    for situation in bearing.situations():
        assert fees.who_bears(situation, on=ON).steps[0].basis
    with pytest.raises(LawError, match="负担情形"):
        fees.who_bears("luck", on=ON)


def test_relief_reduction_worked_example_and_floor() -> None:
    granted = fees.relief(
        Decimal(8800), ground="disaster", natural_person=True, on=ON, reduction=Decimal("0.3")
    )
    assert (granted.payable, granted.deferred) == (Decimal(6160), Decimal(0))
    for share in ("0.25", "0.2999", "1", "1.5"):
        with pytest.raises(LawError, match="不得低于30%"):
            fees.relief(Decimal(8800), ground="disaster", natural_person=True, on=ON,
                        reduction=Decimal(share))  # fmt: skip
    with pytest.raises(LawError, match="请填写减交比例"):
        fees.relief(Decimal(8800), ground="disaster", natural_person=True, on=ON)


def test_exemption_is_for_natural_persons_only() -> None:
    granted = fees.relief(Decimal(8800), ground="subsistence", natural_person=True, on=ON)
    assert granted.value == 0
    with pytest.raises(LawError, match="免交只适用于自然人"):
        fees.relief(Decimal(8800), ground="subsistence", natural_person=False, on=ON)


def test_deferral_keeps_the_sum_and_comes_before_acceptance() -> None:
    granted = fees.relief(Decimal(8800), ground="legal-aid", natural_person=True, on=ON)
    assert (granted.payable, granted.deferred) == (Decimal(0), Decimal(8800))
    with pytest.raises(LawError, match="决定立案之前"):
        fees.relief(Decimal(8800), ground="legal-aid", natural_person=True, on=ON,
                    case_accepted=True)  # fmt: skip


def test_organisations_may_have_only_what_fits_them() -> None:
    welfare = fees.relief(
        Decimal(100), ground="welfare", natural_person=False, on=ON, reduction=Decimal("0.5")
    )
    assert welfare.payable == 50
    with pytest.raises(LawError, match="只适用于自然人"):
        fees.relief(Decimal(100), ground="injury", natural_person=False, on=ON)


def test_relief_refuses_unknown_grounds_and_stray_shares() -> None:
    with pytest.raises(LawError, match="救助情形"):
        fees.relief(Decimal(1), ground="luck", natural_person=True, on=ON)
    with pytest.raises(LawError, match="不需要填写减交比例"):
        fees.relief(Decimal(1), ground="injury", natural_person=True, on=ON,
                    reduction=Decimal("0.5"))  # fmt: skip
    with pytest.raises(LawError, match="不能为负数"):
        fees.relief(Decimal(-1), ground="injury", natural_person=True, on=ON)


def test_grounds_cover_the_three_forms() -> None:
    counts = {form: len(assistance.grounds(form)) for form in assistance.FORM_NAMES}
    assert counts == {"exempt": 5, "reduce": 4, "defer": 4}
    assert len(assistance.grounds()) == 13


def test_prepayment_names_period_and_consequence() -> None:
    first = fees.prepayment("first-instance", on=ON)
    assert (first.payer, first.period, first.value) == ("原告", "fee-payment", True)
    assert "按撤诉处理" in first.consequence
    assert not fees.prepayment("enforcement", on=ON).value
    for name, scope in table("fee_rules"):
        if name == "prepayment" and (period := fees.prepayment(scope, on=ON).period):
            assert period in periods.kinds()
    with pytest.raises(LawError, match="没有名为“luck”的费用"):
        fees.prepayment("luck", on=ON)
