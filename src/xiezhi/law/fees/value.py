"""What a case is about in money (标的额): the claims that count, added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xiezhi.law import titles
from xiezhi.law.errors import LawError
from xiezhi.law.fees.sums import checked_sum
from xiezhi.law.results import Step, format_yuan, round_cent

SUM = f"{titles.CIVIL_INTERPRETATION}第二百零一条"
EXCHANGE = f"{titles.FEES}第五十五条"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: its words, its sum (``None`` for a claim without property), its exchange rate.

    ``rate`` turns a foreign sum into yuan: the rate published on the day of acceptance.
    """

    label: str
    amount: Decimal | None
    rate: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class AmountInDispute:
    """The sum that decides the fee; ``None`` when no claim is about property."""

    value: Decimal | None
    steps: tuple[Step, ...]
    basis: str


def amount_in_dispute(claims: Sequence[Claim]) -> AmountInDispute:
    """Add up the claims about property of one action.

    Basis: 民诉法解释第二百零一条（既有财产性又有非财产性请求的，按财产性请求；
    多项财产性请求合并计算；
    多项非财产性请求按一件）；诉讼费用交纳办法第五十五条（外币折算）。
    Units: yuan, rounded to a cent in the sum only.
    Refuses: ``LawError`` without claims, or for a negative sum or a rate that is not positive.
    """
    if not claims:
        raise LawError(
            "没有诉讼请求。", code="fee.no-claim", basis=f"{titles.CIVIL_PROCEDURE}第一百二十二条"
        )
    steps: list[Step] = []
    total = Decimal(0)
    for claim in claims:
        if claim.amount is None:
            steps.append(Step(claim.label, "非财产性请求，不计入标的额", "按一件", SUM))
            continue
        checked_sum(claim.amount, basis=SUM, name=f"“{claim.label}”的金额")
        if not claim.rate.is_finite() or claim.rate <= 0:
            raise LawError(f"“{claim.label}”的汇率不正确。", code="fee.rate", basis=EXCHANGE)
        value = claim.amount * claim.rate
        total += value
        if claim.rate == 1:
            steps.append(Step(claim.label, "财产性请求", value, SUM))
        else:
            formula = f"{claim.amount:,f}×{claim.rate:f}，按决定受理之日汇率"
            steps.append(Step(claim.label, formula, value, EXCHANGE))
    if all(claim.amount is None for claim in claims):
        return AmountInDispute(None, tuple(steps), SUM)
    value = round_cent(total)
    formula = f"合并计算{sum(claim.amount is not None for claim in claims)}项财产性请求"
    steps.append(Step("标的额", f"{formula}，{format_yuan(value)}", value, SUM))
    return AmountInDispute(value, tuple(steps), SUM)
