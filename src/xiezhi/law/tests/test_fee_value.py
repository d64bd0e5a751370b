"""The amount in dispute (fees.md section 2) and adjourned hearings (periods.md section 4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xiezhi.law import fees
from xiezhi.law.errors import LawError
from xiezhi.law.fees import Claim
from xiezhi.law.trial_clock import adjourn


def test_claims_about_property_are_added_up() -> None:
    found = fees.amount_in_dispute(
        [
            Claim("本金", Decimal(100_000)),
            Claim("利息", Decimal("1234.56")),
            Claim("赔礼道歉", None),
        ]
    )
    assert found.value == Decimal("101234.56")
    assert [step.shown for step in found.steps] == [
        "100,000.00元", "1,234.56元", "按一件", "101,234.56元",
    ]  # fmt: skip


def test_each_claim_says_how_it_counts() -> None:
    found = fees.amount_in_dispute([Claim("本金", Decimal(100)), Claim("违约金", Decimal(0))])
    assert [step.formula for step in found.steps] == [
        "财产性请求", "财产性请求", "合并计算2项财产性请求，100.00元",
    ]  # fmt: skip


def test_claims_without_property_have_no_amount() -> None:
    found = fees.amount_in_dispute([Claim("停止侵害", None), Claim("赔礼道歉", None)])
    assert (found.value, len(found.steps)) == (None, 2)


def test_foreign_sums_are_exchanged_and_rounded_once() -> None:
    found = fees.amount_in_dispute(
        [
            Claim("货款", Decimal("100.01"), Decimal("7.1234")),
            Claim("运费", Decimal("0.03"), Decimal("0.1")),
        ]
    )
    assert found.value == Decimal("712.41")
    assert found.steps[0].basis == "《诉讼费用交纳办法》第五十五条"


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (Claim("本金", Decimal("-0.01")), "“本金”的金额不能为负数"),
        (Claim("本金", Decimal("NaN")), "“本金”的金额不能为负数"),
        (Claim("本金", Decimal(1), Decimal(0)), "“本金”的汇率不正确"),
    ],
)
def test_impossible_claims_are_refused(claim: Claim, why: str) -> None:
    with pytest.raises(LawError, match=why):
        fees.amount_in_dispute([claim])


def test_no_claim_is_refused() -> None:
    with pytest.raises(LawError, match="没有诉讼请求"):
        fees.amount_in_dispute([])


@pytest.mark.parametrize(
    ("procedure", "following", "already", "excused", "value", "left"),
    [
        ("ordinary", "2026-04-02", 0, False, True, 2),
        ("ordinary", "2026-04-02", 1, False, True, 1),
        ("ordinary", "2026-04-02", 2, False, False, 0),
        ("ordinary", "2026-04-03", 0, False, False, 2),
        ("ordinary", "2026-04-03", 0, True, True, 2),
        ("ordinary", "2026-04-03", 2, True, False, 0),
        ("summary", "2026-03-20", 0, False, True, 1),
        ("small-claims", "2026-03-20", 1, False, False, 0),
    ],
)
def test_adjournments(  # noqa: PLR0917
    procedure: str,
    following: str,
    already: int,
    excused: bool,  # noqa: FBT001
    value: bool,  # noqa: FBT001
    left: int,
) -> None:
    found = adjourn(
        procedure,
        hearing=date(2026, 3, 2),
        following=date.fromisoformat(following),
        already=already,
        excused=excused,
    )
    assert (found.value, found.left, found.latest) == (value, left, date(2026, 4, 2))


def test_impossible_adjournments_are_refused() -> None:
    day = date(2026, 3, 2)
    with pytest.raises(LawError, match="应当晚于本次开庭"):
        adjourn("ordinary", hearing=day, following=day, already=0)
    with pytest.raises(LawError, match="没有延期开庭次数的规定"):
        adjourn("enforcement", hearing=day, following=date(2026, 3, 3), already=0)
