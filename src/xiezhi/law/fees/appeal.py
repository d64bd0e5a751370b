"""Fees of second instance and retrial, and when each fee must be prepaid (预交)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiezhi.law import parameters, titles
from xiezhi.law.errors import LawError
from xiezhi.law.fees.acceptance import acceptance_fee
from xiezhi.law.fees.results import FeeResult
from xiezhi.law.fees.schedule import MEASURE
from xiezhi.law.parameters import parameter

RETRIAL_GROUNDS = {
    "new-evidence": "有新的证据足以推翻原裁判，申请再审，裁定再审",
    "no-appeal": "对一审裁判未提出上诉，生效后申请再审，裁定再审",
}


@dataclass(frozen=True, slots=True)
class Prepayment:
    """Who prepays a fee, within which period, and what follows when it is not paid."""

    fee: str
    label: str
    payer: str
    period: str
    consequence: str
    basis: str

    @property
    def value(self) -> bool:
        """Tell whether anybody must prepay."""
        return bool(self.payer)


def appeal_fees(
    amounts: Sequence[Decimal | int], *, together: bool, on: date
) -> tuple[FeeResult, ...]:
    """Return the fee of each appeal in a property case.

    Basis: 诉讼费用交纳办法第十七条；民诉法解释第二百零二条。
    ``amounts`` is what each appellant disputes; ``together`` means that appellants of one
    side appeal jointly, on one and the same part: then one fee is prepaid.
    Refuses: ``LawError`` without appellants, or for joint appellants with different sums.
    """
    if not amounts:
        raise LawError("没有上诉请求。", code="fee.no-appeal", basis=f"{MEASURE}第十七条")
    if together and len({Decimal(amount) for amount in amounts}) > 1:
        raise LawError(
            "共同上诉的各人上诉请求数额应当相同。",
            code="fee.joint-appeal",
            basis=f"{titles.CIVIL_INTERPRETATION}第二百零二条",
            remedy="请求不同的，请分别计算。",
        )
    counted = amounts[:1] if together else amounts
    return tuple(acceptance_fee("property", amount, on=on) for amount in counted)


def retrial_fee(amount: Decimal | int, *, ground: str, on: date) -> FeeResult:
    """Return the fee of a retrial: none, except on the two grounds of article 9.

    Basis: 诉讼费用交纳办法第九条、第十九条。
    Units: ``amount`` is what the applicant disputes; ``ground`` is ``new-evidence``,
    ``no-appeal`` or an empty text for every other retrial.
    Refuses: ``LawError`` for an unknown ground.
    """
    if ground and ground not in RETRIAL_GROUNDS:
        raise LawError(f"没有名为“{ground}”的再审情形。", code="fee.retrial-unknown",
                       basis=f"{MEASURE}第九条")  # fmt: skip
    return acceptance_fee("property" if ground else "retrial", amount, on=on)


def prepayment(fee: str, *, on: date) -> Prepayment:
    """Return who prepays a fee, by when, and the consequence of not paying.

    Basis: 诉讼费用交纳办法第二十条、第二十二条；民诉法解释第一百九十四条、第二百一十三条、
    第三百一十八条。
    Refuses: ``LawError`` for an unknown fee.
    """
    if ("prepayment", fee) not in parameters.table("fee_rules"):
        raise LawError(f"没有名为“{fee}”的费用。", code="fee.unknown", basis=MEASURE)
    entry = parameter("fee_rules", "prepayment", on, scope=fee)
    value = entry.value
    return Prepayment(
        fee, value["label"], value["payer"], value["period"], value["consequence"], entry.source
    )
