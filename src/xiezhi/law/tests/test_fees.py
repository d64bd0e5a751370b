"""Fees: the worked examples of fees.md, both sides of every border."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.law import parameters
from xiezhi.law.errors import LawError
from xiezhi.law.fees import acceptance, acceptance_fee, application, application_fee
from xiezhi.law.fees.schedule import schedule

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("number", "amount", "fee"),
    [
        ("P1", "5000", "50.00"),
        ("P2", "10000", "50.00"),
        ("P3", "35000", "675.00"),
        ("P4", "100000", "2300.00"),
        ("P5", "100001", "2300.02"),
        ("P6", "200000", "4300.00"),
        ("P7", "500000", "8800.00"),
        ("P8", "680000", "10600.00"),
        ("P9", "1000000", "13800.00"),
        ("P10", "1234567.89", "15911.11"),
        ("P11", "2000000", "22800.00"),
        ("P12", "5000000", "46800.00"),
        ("P13", "8000000", "67800.00"),
        ("P14", "10000000", "81800.00"),
        ("P15", "20000000", "141800.00"),
        ("P16", "100000000", "541800.00"),
    ],
)
def test_property_worked_examples(number: str, amount: str, fee: str) -> None:
    result = acceptance_fee("property", Decimal(amount), on=ON)
    assert result.payable == Decimal(fee), number
    assert result.payable.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("rate", "over", "upto", "add"),
    [
        ("0.025", 10_000, 100_000, -200),
        ("0.02", 100_000, 200_000, 300),
        ("0.015", 200_000, 500_000, 1_300),
        ("0.01", 500_000, 1_000_000, 3_800),
        ("0.009", 1_000_000, 2_000_000, 4_800),
        ("0.008", 2_000_000, 5_000_000, 6_800),
        ("0.007", 5_000_000, 10_000_000, 11_800),
        ("0.006", 10_000_000, 20_000_000, 21_800),
        ("0.005", 20_000_000, 900_000_000, 41_800),
    ],
)
def test_property_agrees_with_the_quick_formula_at_both_borders(
    rate: str, over: int, upto: int, add: int
) -> None:
    for amount in (Decimal(over), over + Decimal("0.01"), Decimal(upto) - 1, Decimal(upto)):
        exact = amount * Decimal(rate) + add
        assert abs(acceptance_fee("property", amount, on=ON).payable - exact) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("number", "kind", "amount", "base", "fee"),
    [
        ("F1", "divorce", 0, 300, "300"),
        ("F2", "divorce", 200_000, 300, "300"),
        ("F3", "divorce", 500_000, 300, "1800"),
        ("F4", "divorce", 1_600_000, 50, "7050"),
        ("F5", "personality", 50_000, 500, "500"),
        ("F6", "personality", 80_000, 500, "800"),
        ("F7", "personality", 260_000, 100, "1400"),
        ("F8", "labour", 86_000, None, "10"),
        ("F9", "intellectual-property", 300_000, None, "5800"),
        ("F10", "administrative", None, None, "50"),
        ("F11", "administrative-special", None, None, "100"),
    ],
)
def test_other_kinds_worked_examples(
    number: str, kind: str, amount: int | None, base: int | None, fee: str
) -> None:
    assert acceptance_fee(kind, amount, on=ON, base_fee=base).payable == Decimal(fee), number


@pytest.mark.parametrize(
    ("number", "kind", "amount", "fee"),
    [
        ("A1", "enforcement", 10_000, "50"),
        ("A2", "enforcement", 80_000, "1100"),
        ("A3", "enforcement", 500_000, "7400"),
        ("A4", "enforcement", 2_000_000, "22400"),
        ("A5", "enforcement", 8_000_000, "67400"),
        ("A6", "enforcement", 25_000_000, "92400"),
        ("B1", "preservation", 1_000, "30"),
        ("B2", "preservation", 20_000, "220"),
        ("B3", "preservation", 100_000, "1020"),
        ("B4", "preservation", 500_000, "3020"),
        ("B5", "preservation", 896_000, "5000"),
        ("B6", "preservation", 8_000_000, "5000"),
        ("B-", "preservation", None, "30"),
        ("B0", "preservation", 0, "30"),
        ("C1", "payment-order", 20_000, "100"),
        ("C2", "payment-order", 200_000, "1433.33"),
        ("C3", "payment-order", 5_000, "16.67"),
        ("D1", "bankruptcy", 2_000_000, "11400"),
        ("D2", "bankruptcy", 100_000_000, "270900"),
        ("D3", "bankruptcy", 120_000_000, "300000"),
        ("E1", "public-notice", None, "100"),
        ("E2", "arbitration", None, "400"),
        ("E3", "maritime-registration", None, "1000"),
    ],
)
def test_application_worked_examples(number: str, kind: str, amount: int | None, fee: str) -> None:
    assert application_fee(kind, amount, on=ON).payable == Decimal(fee), number


@pytest.mark.parametrize(
    ("number", "amount", "halving", "fee"),
    [
        ("H1", 200_000, ["summary"], "2150"),
        ("H2", 500_000, ["mediated"], "4400"),
        ("H3", 200_000, ["summary", "mediated"], "2150"),
        ("H4a", 1_000_000, [], "13800"),
        ("H4b", 200_000, ["counterclaim"], "2150"),
        ("H5", 200_000, [], "4300"),
    ],
)
def test_halving_happens_once(number: str, amount: int, halving: list[str], fee: str) -> None:
    result = acceptance_fee("property", amount, halving=halving, on=ON)
    assert result.payable == Decimal(fee), number
    assert result.halved == bool(halving)


def test_h10_divorce_by_summary_procedure() -> None:
    result = acceptance_fee("divorce", 500_000, on=ON, base_fee=300, halving=["summary"])
    assert (result.gross, result.payable) == (Decimal(1800), Decimal(900))


def test_halving_is_taken_before_rounding() -> None:
    result = acceptance_fee("property", Decimal("1234567.89"), halving=["summary"], on=ON)
    assert (result.gross, result.payable) == (Decimal("15911.11"), Decimal("7955.56"))


def test_each_line_is_shown_with_its_article() -> None:
    result = acceptance_fee("property", 200_000, halving=["summary", "mediated"], on=ON)
    assert [(step.label, step.formula, step.shown) for step in result.steps] == [
        ("不超过1万元的部分", "定额", "50.00元"),
        ("超过1万元至10万元的部分", "90,000×2.5%", "2,250.00元"),
        ("超过10万元至20万元的部分", "100,000×2%", "2,000.00元"),
        ("案件受理费", "以上各项之和，四舍五入到分", "4,300.00元"),
        (
            "减半交纳：适用简易程序审理、调解结案",
            "4,300.00元×50%，有几项事由也只减半一次",
            "2,150.00元",
        ),
    ]
    assert result.steps[-1].basis.endswith(
        "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百零六条"
    )
    assert all(step.basis for step in result.steps)


def test_base_comes_from_the_court_or_the_province_never_from_a_guess() -> None:
    assert acceptance_fee("divorce", None, on=ON, province="示").payable == Decimal(300)
    assert acceptance_fee("divorce", None, on=ON, province="示", base_fee=50).payable == 50
    with pytest.raises(LawError, match="每件50元至300元，由各省确定，具体数额尚未录入"):
        acceptance_fee("divorce", None, on=ON, province="京")
    with pytest.raises(LawError, match="每件50元至500元，由受理法院按规定确定"):
        application_fee("enforcement", None, on=ON, province="京")
    with pytest.raises(LawError, match="应在50元至300元之间"):
        acceptance_fee("divorce", None, on=ON, base_fee=301)
    with pytest.raises(LawError, match="应在50元至300元之间"):
        acceptance_fee("divorce", None, on=ON, base_fee=49)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (None, "fee.amount-missing"),
        (0, "fee.amount-missing"),
        (Decimal("-0.01"), "fee.negative"),
        (Decimal("NaN"), "fee.negative"),
        (Decimal("0.001"), "fee.decimals"),
    ],
)
def test_impossible_sums_are_refused(amount: Decimal | int | None, code: str) -> None:
    with pytest.raises(LawError) as caught:
        acceptance_fee("property", amount, on=ON)
    assert caught.value.code == code


def test_a_share_of_the_property_fee_is_named() -> None:
    labels = [
        application_fee(kind, 20_000, on=ON).steps[-2].label
        for kind in ("payment-order", "bankruptcy")
    ]
    assert labels == ["按财产案件标准的三分之一", "按财产案件标准的二分之一"]


def test_the_cap_is_shown_only_where_it_bites() -> None:
    at, above = (application_fee("preservation", sum_, on=ON) for sum_ in (896_000, 896_001))
    assert at.payable == above.payable == 5000
    assert "最高限额" not in [step.label for step in at.steps]
    assert "最高限额" in [step.label for step in above.steps]


def test_unknown_kinds_grounds_and_days_are_refused() -> None:
    with pytest.raises(LawError, match="没有名为“gift”的收费类别"):
        acceptance_fee("gift", 1, on=ON)
    with pytest.raises(LawError, match="没有名为“luck”的减半事由"):
        acceptance_fee("property", 1, on=ON, halving=["luck"])
    with pytest.raises(LawError, match="没有录入2007-03-31适用的规则参数"):
        acceptance_fee("property", 1, on=date(2007, 3, 31))


def test_every_recorded_kind_has_a_fee() -> None:
    for kind in acceptance.kinds():
        assert acceptance_fee(kind, 5000, on=ON, province="示").payable >= 0
    for kind in application.kinds():
        base = 100 if kind == "security" else None
        found = application_fee(kind, 5000, on=ON, province="示", base_fee=base)
        assert found.payable > 0


AMOUNTS = st.decimals(Decimal("0.01"), Decimal(200_000_000), places=2)
CONTINUOUS = [
    ("acceptance", "property"), ("acceptance", "bankruptcy-derived"),
    ("application", "enforcement"), ("application", "preservation"),
    ("application", "payment-order"), ("application", "bankruptcy"),
]  # fmt: skip


def fee(group: str, kind: str, amount: Decimal) -> Decimal:
    if group == "acceptance":
        return acceptance_fee(kind, amount, on=ON).payable
    return application_fee(kind, amount, on=ON).payable


@settings(deadline=None)
@given(AMOUNTS, AMOUNTS, st.sampled_from(CONTINUOUS))
def test_fees_never_fall_as_the_sum_grows(
    one: Decimal, other: Decimal, which: tuple[str, str]
) -> None:
    low, high = sorted((one, other))
    assert fee(*which, low) <= fee(*which, high)


@pytest.mark.parametrize(("group", "kind"), CONTINUOUS)
def test_fees_do_not_jump_at_borders(group: str, kind: str) -> None:
    for bracket in schedule(group, kind, ON).brackets:
        if bracket.upto is not None:
            at, above = (fee(group, kind, bracket.upto + step) for step in (0, Decimal("0.01")))
            assert 0 <= above - at <= Decimal("0.01")


@settings(deadline=None)
@given(AMOUNTS, st.sets(st.sampled_from(sorted(acceptance.halving_reasons())), min_size=1))
def test_halving_never_takes_more_than_half(amount: Decimal, reasons: set[str]) -> None:
    result = acceptance_fee("property", amount, on=ON, halving=reasons)
    assert abs(result.gross - 2 * result.payable) <= Decimal("0.01")


def test_fees_that_follow_another_follow_its_new_version(tmp_path: Path) -> None:
    text = """[[parameter]]
name = "acceptance"
scope = "property"
from = 2030-01-01
source = "将来的规定"
status = "local"
[parameter.value]
label = "财产案件"
amount = "required"
brackets = [{ upto = 15000, fixed = 15 }, { rate = 0.03 }]
"""
    (tmp_path / "fees.toml").write_text(text, encoding="utf-8")
    before, after = date(2029, 12, 31), date(2030, 1, 1)
    parameters.add_local_directory(tmp_path)
    try:
        assert application_fee("payment-order", 20_000, on=before).payable == Decimal(100)
        later = application_fee("payment-order", 20_000, on=after)
        assert later.payable == Decimal(55)
        assert "将来的规定" in later.basis
        assert [step.label for step in later.steps[:2]] == [
            "不超过15000元的部分",
            "超过15000元的部分",
        ]
    finally:
        parameters.remove_local_directory(tmp_path)
