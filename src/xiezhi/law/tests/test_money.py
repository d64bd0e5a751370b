"""Sums in Chinese capitals, both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.law import money, numerals
from xiezhi.law.errors import LawError


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("15", "壹拾伍元整"),
        ("100", "壹佰元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100000", "壹拾万元整"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("10000001", "壹仟万零壹元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("1000010000", "壹拾亿零壹万元整"),
        ("20200100.10", "贰仟零贰拾万零壹佰元壹角整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals_both_ways(amount: str, text: str) -> None:
    assert money.to_capitals(Decimal(amount)) == text
    assert money.from_capitals(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("人民币壹万元正", "10000"),
        ("一万二千三百元整", "12300"),
        ("拾伍元整", "15"),
        ("壹拾万柒仟元零伍角叁分", "107000.53"),
        ("陸仟圓整", "6000"),
        ("壹仟万零壹元", "10000001"),
        (" 叁佰 元整 ", "300"),
    ],
)
def test_common_variants_are_read(text: str, amount: str) -> None:
    assert money.from_capitals(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "整",
        "人民币",
        "壹贰元整",
        "佰元整",
        "壹佰贰仟元整",
        "元整",
        "一百块",
        "壹万万万元",
        "万元",
    ],
)
def test_unreadable_capitals_are_refused(text: str) -> None:
    with pytest.raises(LawError, match="不是规范的大写金额"):
        money.from_capitals(text)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("-0.01", "money.negative"),
        ("NaN", "money.negative"),
        ("0.001", "money.decimals"),
        ("1000000000000", "money.range"),
    ],
)
def test_impossible_sums_are_refused(amount: str, code: str) -> None:
    with pytest.raises(LawError) as caught:
        money.to_capitals(Decimal(amount))
    assert caught.value.code == code


def test_agreement_of_figures_and_capitals() -> None:
    assert money.agree(Decimal(12300), "壹万贰仟叁佰元整")
    assert not money.agree(Decimal(12300), "壹万贰仟元整")
    money.require_agreement(Decimal(12300), "壹万贰仟叁佰元整")
    with pytest.raises(LawError, match=r"大写金额为12,000\.00元，小写金额为12,300\.00元"):
        money.require_agreement(Decimal(12300), "壹万贰仟元整")


@settings(deadline=None)
@given(st.decimals(0, Decimal("999999999999.99"), places=2))
def test_capitals_are_reversible(amount: Decimal) -> None:
    assert money.from_capitals(money.to_capitals(amount)) == amount


@settings(deadline=None)
@given(st.integers(0, 99_999_999))
def test_numerals_are_reversible(number: int) -> None:
    assert numerals.to_int(numerals.from_int(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0), ("十", 10), ("十五", 15), ("二十", 20), ("一百零五", 105), ("一百一十", 110),
        ("一千二百六十", 1260), ("二〇二六", 2026), ("一万零一", 10001), ("两百", 200),
    ],
)  # fmt: skip
def test_numerals_are_read(text: str, number: int) -> None:
    assert numerals.to_int(text) == number


def test_numerals_refuse_other_text() -> None:
    with pytest.raises(LawError, match="不是中文数字"):
        numerals.to_int("甲")
    with pytest.raises(LawError, match="超出"):
        numerals.from_int(100_000_000)
