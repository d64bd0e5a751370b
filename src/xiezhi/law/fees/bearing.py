"""Who bears the fee in the end, and a proposal for splitting it by result (诉讼费用负担)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from xiezhi.law import parameters
from xiezhi.law.errors import LawError
from xiezhi.law.fees.schedule import MEASURE
from xiezhi.law.fees.sums import checked_sum
from xiezhi.law.parameters import parameter
from xiezhi.law.results import Caution, Step, format_yuan


@dataclass(frozen=True, slots=True)
class Bearing:
    """Who bears a fee in one situation."""

    situation: str
    label: str
    value: str
    basis: str

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the one line of this answer."""
        return (Step(self.label, "负担", self.value, self.basis),)


@dataclass(frozen=True, slots=True)
class Split:
    """A fee divided between loser and plaintiff; the parts add up to the fee."""

    fee: Decimal
    defendant: Decimal
    plaintiff: Decimal
    steps: tuple[Step, ...]
    basis: str
    cautions: tuple[Caution, ...]

    @property
    def value(self) -> Decimal:
        """Return the losing party's part."""
        return self.defendant


def who_bears(situation: str, *, on: date) -> Bearing:
    """Return who bears the fee in a situation.

    Basis: 诉讼费用交纳办法第二十九条至第三十八条；民诉法解释第二百零三条、第二百零四条。
    Refuses: ``LawError`` for an unknown situation.
    """
    if ("bearing", situation) not in parameters.table("fee_rules"):
        raise LawError(
            f"没有名为“{situation}”的负担情形。", code="fee.bearing-unknown", basis=MEASURE
        )
    entry = parameter("fee_rules", "bearing", on, scope=situation)
    return Bearing(situation, entry.value["label"], entry.value["payer"], entry.source)


def situations() -> dict[str, str]:
    """Return the recorded situations with their Chinese names.

    Basis: 诉讼费用交纳办法第二十九条至第三十八条。
    """
    return {
        scope: versions[0].value["label"]
        for (name, scope), versions in parameters.table("fee_rules").items()
        if name == "bearing"
    }


def split_by_result(fee: Decimal, *, claimed: Decimal, supported: Decimal, on: date) -> Split:
    """Propose how a fee is divided when a claim succeeds in part.

    Basis: 诉讼费用交纳办法第二十九条；按比例为约定，由法官决定。
    Units: yuan; the loser's part is rounded half up to the recorded unit, the rest is the
    plaintiff's.
    Refuses: ``LawError`` for a claim that is not positive, or more supported than claimed.
    """
    for name, value in (("费用", fee), ("请求金额", claimed), ("支持的金额", supported)):
        checked_sum(value, basis=f"{MEASURE}第二十九条", name=name)
    if not claimed:
        raise LawError("未填请求金额，无法按比例计算。", code="fee.amount-missing", basis=MEASURE)
    if supported > claimed:
        raise LawError(
            "支持的金额不能超过请求金额。",
            code="fee.split-range",
            basis=f"{MEASURE}第二十九条",
        )
    entry = parameter("fee_rules", "bearing-rounding", on)
    unit = Decimal(entry.value["unit"])
    share = (fee * supported / claimed / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    whole = supported == claimed  # 全部败诉的，零头也由败诉方负担
    defendant = fee if whole else min(share, fee)
    formula = f"{format_yuan(fee)}×{format_yuan(supported)}÷{format_yuan(claimed)}"
    formula += f"，四舍五入到{unit:f}元"
    steps = (
        Step("败诉方负担", "全部" if whole else formula, defendant, entry.source),
        Step("原告负担", "余额", fee - defendant, entry.source),
    )
    caution = Caution("fee.split-convention", f"这是建议值：{entry.note}。", entry.source)
    return Split(fee, defendant, fee - defendant, steps, entry.source, (caution,))
