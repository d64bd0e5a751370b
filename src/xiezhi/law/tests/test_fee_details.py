"""Small promises of the fee rules, each found missing by a mutant that nobody noticed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xiezhi.law import fees, parameters
from xiezhi.law.fees import application_fee

ON = date(2026, 3, 2)


@contextmanager
def local_rule(folder: Path, name: str, value: str) -> Iterator[None]:
    text = (
        f'[[parameter]]\nname = "{name}"\nfrom = 2026-01-01\nsource = "本院规定"\n'
        f'status = "local"\nvalue = {value}\n'
    )
    (folder / "fee_rules.toml").write_text(text, encoding="utf-8")
    parameters.add_local_directory(folder)
    try:
        yield
    finally:
        parameters.remove_local_directory(folder)


def test_one_ground_for_halving_says_nothing_of_several() -> None:
    one = fees.acceptance_fee("property", 200_000, halving=["summary"], on=ON).steps[-1]
    assert (one.formula, one.basis) == ("4,300.00元×50%", "《诉讼费用交纳办法》第十六条")


def test_application_fees_are_never_halved() -> None:
    assert not application_fee("public-notice", None, on=ON).halved


def test_nothing_paid_is_nothing_refunded() -> None:
    change = fees.refund("dismissed", Decimal(0), on=ON)
    assert (change.direction, change.value, change.period) == ("nothing", Decimal(0), "")


def test_a_refund_names_its_period() -> None:
    change = fees.refund("dismissed", Decimal(4300), on=ON)
    assert (change.direction, change.period) == ("refund", "fee-refund")
    assert change.steps[0].formula == "4,300.00元×100%"


def test_an_unchanged_claim_changes_nothing_even_late() -> None:
    change = fees.on_claim_changed(200_000, 200_000, inquiry_ended=True, on=ON)
    assert (change.direction, len(change.steps)) == ("nothing", 2)


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [(100_000, 100_001, "supplement"), (100_001, 100_000, "refund")],
)
def test_a_difference_of_two_cents_counts(before: int, after: int, direction: str) -> None:
    change = fees.on_claim_changed(before, after, inquiry_ended=False, on=ON)
    assert (change.direction, change.value) == (direction, Decimal("0.02"))
    assert change.steps[-1].value == Decimal("0.02")


def test_a_court_that_does_not_credit_the_payment_order(tmp_path: Path) -> None:
    with local_rule(tmp_path, "payment-order-credit", "false"):
        change = fees.after_payment_order(200_000, paid=Decimal("1433.33"), on=ON)
    assert change.value == Decimal(4300)
    assert change.steps[1].formula == "不抵扣"


def test_a_split_shows_both_parts_and_follows_the_unit(tmp_path: Path) -> None:
    fee, claimed, supported = Decimal(13_801), Decimal(1_000_000), Decimal(800_000)
    split = fees.split_by_result(fee, claimed=claimed, supported=supported, on=ON)
    assert [step.value for step in split.steps] == [Decimal(11_041), Decimal(2_760)]
    assert split.value == split.defendant == Decimal(11_041)
    with local_rule(tmp_path, "bearing-rounding", "{ unit = 10 }"):
        tens = fees.split_by_result(fee, claimed=claimed, supported=supported, on=ON)
    assert (tens.defendant, tens.plaintiff) == (Decimal(11_040), Decimal(2_761))


def test_a_bearing_shows_its_line() -> None:
    step = fees.who_bears("public-notice", on=ON).steps[0]
    assert (step.label, step.value) == ("公示催告", "申请人")


def test_relief_of_nothing_is_nothing_and_deferral_is_still_owed() -> None:
    none = fees.relief(Decimal(0), ground="disabled", natural_person=True, on=ON)
    assert none.value == 0
    deferred = fees.relief(Decimal(8800), ground="injury", natural_person=True, on=ON)
    assert (deferred.value, deferred.payable) == (Decimal(8800), Decimal(0))
    reduced = fees.relief(
        Decimal(8800), ground="disaster", natural_person=True, on=ON, reduction=Decimal("0.4")
    )
    assert (reduced.value, reduced.deferred) == (Decimal(5280), Decimal(0))
