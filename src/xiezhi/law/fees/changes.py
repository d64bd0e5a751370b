"""What is paid on top or returned when the procedure or the claim changes (补交、退还)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiezhi.law import parameters, titles
from xiezhi.law.errors import LawError
from xiezhi.law.fees.acceptance import acceptance_fee
from xiezhi.law.fees.schedule import MEASURE
from xiezhi.law.fees.sums import checked_sum
from xiezhi.law.parameters import parameter
from xiezhi.law.results import Step, format_yuan, percent, round_cent

SUPPLEMENT, REFUND, NOTHING = "supplement", "refund", "nothing"
PAID = "已交费用"
CHANGED = f"{MEASURE}第二十一条"
CONVERTED = f"{titles.CIVIL_INTERPRETATION}第一百九十九条"


@dataclass(frozen=True, slots=True)
class FeeChange:
    """A difference to pay or to return.

    ``direction`` is ``supplement`` (补交), ``refund`` (退还) or ``nothing``; ``period``
    names the period within which it is due; ``consequence`` what follows otherwise.
    """

    direction: str
    amount: Decimal
    steps: tuple[Step, ...]
    basis: str
    period: str = ""
    consequence: str = ""

    @property
    def value(self) -> Decimal:
        """Return the difference, never negative."""
        return self.amount


def on_conversion_to_ordinary(amount: Decimal | int, *, paid: Decimal, on: date) -> FeeChange:
    """Return what the plaintiff adds when a summary case becomes an ordinary one.

    Basis: 民诉法解释第一百九十九条；诉讼费用交纳办法第十六条。
    Refuses: ``LawError`` as :func:`acceptance_fee`.
    """
    checked_sum(paid, basis=CONVERTED, name=PAID)
    full = acceptance_fee("property", amount, on=on)
    steps = (
        Step("普通程序案件受理费", "不再减半", full.payable, full.basis),
        Step("已交案件受理费", "按简易程序交纳", paid, f"{MEASURE}第十六条"),
    )
    text = "无正当理由未按期足额补交的，按撤诉处理，已收费用退还一半"
    return _difference(
        full.payable, paid, steps, basis=CONVERTED, consequence=("fee-supplement", text)
    )


def on_claim_changed(
    before: Decimal | int,
    after: Decimal | int,
    *,
    inquiry_ended: bool,
    on: date,
    halving: Iterable[str] = (),
) -> FeeChange:
    """Return what is paid or returned when a sum claimed grows or shrinks.

    Basis: 诉讼费用交纳办法第二十一条、第三十五条。
    ``inquiry_ended`` says that 法庭调查 was over when a smaller claim was put: then nothing
    is returned and the party who changed it bears the fee of the difference.
    Refuses: ``LawError`` as :func:`acceptance_fee`.
    """
    reasons = tuple(halving)
    old = acceptance_fee("property", before, on=on, halving=reasons).payable
    new = acceptance_fee("property", after, on=on, halving=reasons).payable
    steps = (
        Step("变更前案件受理费", format_yuan(Decimal(before)), old, f"{MEASURE}第十三条"),
        Step("变更后案件受理费", format_yuan(Decimal(after)), new, f"{MEASURE}第十三条"),
    )
    if new < old and inquiry_ended:
        why = "法庭调查终结后减少的部分，由变更诉讼请求的当事人负担"
        line = Step("不予退还", why, old - new, f"{MEASURE}第三十五条")
        return FeeChange(NOTHING, Decimal("0.00"), (*steps, line), f"{MEASURE}第三十五条")
    unpaid = ("fee-payment", "")
    return _difference(new, old, steps, basis=CHANGED, consequence=unpaid)


def after_payment_order(amount: Decimal | int, *, paid: Decimal, on: date) -> FeeChange:
    """Return what a creditor adds when a failed payment order becomes a lawsuit.

    Basis: 民诉法解释第一百九十五条；抵扣已交申请费为约定，见 data/fee_rules.toml。
    Refuses: ``LawError`` as :func:`acceptance_fee`.
    """
    credit = parameter("fee_rules", "payment-order-credit", on)
    checked_sum(paid, basis=credit.source, name=PAID)
    full = acceptance_fee("property", amount, on=on).payable
    counted = paid if credit.value else Decimal(0)
    steps = (
        Step("案件受理费", "按财产案件标准", full, f"{MEASURE}第十三条第一款第一项"),
        Step(
            "已交支付令申请费", "抵扣（约定）" if credit.value else "不抵扣", counted, credit.source
        ),
    )
    return _difference(
        full, counted, steps, basis=credit.source, consequence=("fee-payment", "按撤诉处理")
    )


def refund(reason: str, paid: Decimal, *, on: date) -> FeeChange:
    """Return how much of a fee already paid goes back.

    Basis: 诉讼费用交纳办法第二十四条至第二十八条；民诉法解释第一百九十九条；退费期限第五十三条。
    Refuses: ``LawError`` for an unknown reason or a negative sum.
    """
    if ("refund", reason) not in parameters.table("fee_rules"):
        raise LawError(f"没有名为“{reason}”的退费事由。", code="fee.refund-unknown", basis=MEASURE)
    checked_sum(paid, basis=MEASURE, name=PAID)
    entry = parameter("fee_rules", "refund", on, scope=reason)
    back = round_cent(paid * entry.value["ratio"])
    formula = f"{format_yuan(paid)}×{percent(Decimal(entry.value['ratio']))}"
    step = Step(entry.value["label"], formula, back, entry.source)
    direction = REFUND if back else NOTHING
    return FeeChange(direction, back, (step,), entry.source, "fee-refund" if back else "")


def _difference(
    due: Decimal,
    paid: Decimal,
    steps: tuple[Step, ...],
    *,
    basis: str,
    consequence: tuple[str, str],
) -> FeeChange:
    """Compare what is due with what was paid; ``consequence`` is the period and its effect."""
    gap = round_cent(due - paid)
    if gap > 0:
        step = Step("应补交", f"{format_yuan(due)}－{format_yuan(paid)}", gap, basis)
        return FeeChange(SUPPLEMENT, gap, (*steps, step), basis, *consequence)
    if gap < 0:
        step = Step("应退还", f"{format_yuan(paid)}－{format_yuan(due)}", -gap, basis)
        return FeeChange(REFUND, -gap, (*steps, step), basis, "fee-refund")
    return FeeChange(NOTHING, gap, steps, basis)
