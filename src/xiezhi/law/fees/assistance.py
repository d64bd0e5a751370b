"""Relief from fees (司法救助：缓交、减交、免交): who may have it and what is left to pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiezhi.law import parameters
from xiezhi.law.errors import LawError
from xiezhi.law.fees.schedule import MEASURE
from xiezhi.law.fees.sums import checked_sum
from xiezhi.law.parameters import Parameter, parameter
from xiezhi.law.results import Step, format_yuan, percent, round_cent

EXEMPT, REDUCE, DEFER = "exempt", "reduce", "defer"
FORM_NAMES = {EXEMPT: "免交", REDUCE: "减交", DEFER: "缓交"}


@dataclass(frozen=True, slots=True)
class Relief:
    """What is paid now and what is put off after relief is granted."""

    form: str
    ground: str
    fee: Decimal
    payable: Decimal
    deferred: Decimal
    steps: tuple[Step, ...]
    basis: str

    @property
    def value(self) -> Decimal:
        """Return what must still be paid, now or later."""
        return self.payable + self.deferred


def relief(
    fee: Decimal,
    *,
    ground: str,
    natural_person: bool,
    on: date,
    reduction: Decimal | None = None,
    case_accepted: bool = False,
) -> Relief:
    """Apply relief on a recorded ground to a fee.

    Basis: 诉讼费用交纳办法第四十四条至第四十九条、第五十一条。
    Units: ``reduction`` is the part taken away (0.3 for 减交30%), only for 减交.
    Refuses: ``LawError`` for an organisation that asks for exemption (第四十四条), a reduction
    below the floor (第四十六条), a deferral decided after the case was accepted (第四十九条), an
    unknown ground or a negative fee.
    """
    entry = _ground(ground, on)
    form = entry.value["form"]
    checked_sum(fee, basis=MEASURE, name="费用")
    if not natural_person and form == EXEMPT:
        raise LawError(
            "诉讼费用的免交只适用于自然人。",
            code="fee.relief-person",
            basis=f"{MEASURE}第四十四条",
            remedy="法人和其他组织可以依法申请减交或者缓交。",
        )
    if not natural_person and not entry.value["organisations"]:
        raise LawError(f"“{entry.value['label']}”只适用于自然人。", code="fee.relief-person",
                       basis=entry.source)  # fmt: skip
    if reduction is not None and form != REDUCE:
        raise LawError(f"{FORM_NAMES[form]}不需要填写减交比例。", code="fee.relief-share",
                       basis=entry.source)  # fmt: skip
    label = f"{FORM_NAMES[form]}：{entry.value['label']}"
    zero = Decimal("0.00")
    if form == EXEMPT:
        step = Step(label, "全部免交", zero, entry.source)
        return Relief(form, ground, fee, zero, zero, (step,), entry.source)
    if form == DEFER:
        return _deferred(entry, label, fee, case_accepted=case_accepted)
    return _reduced(entry, label, fee, reduction, on)


def grounds(form: str = "") -> dict[str, str]:
    """Return the recorded grounds, of one form or all, with their Chinese names.

    Basis: 诉讼费用交纳办法第四十五条至第四十七条。
    """
    return {
        scope: versions[0].value["label"]
        for (name, scope), versions in parameters.table("fee_rules").items()
        if name == "relief" and form in {"", versions[0].value["form"]}
    }


def _reduced(
    entry: Parameter, label: str, fee: Decimal, reduction: Decimal | None, on: date
) -> Relief:
    floor = parameter("fee_rules", "relief-floor", on)
    if not isinstance(reduction, Decimal) or not reduction.is_finite():
        raise LawError("请填写减交比例。", code="fee.relief-share", basis=floor.source)
    if not floor.value <= reduction < 1:
        raise LawError(
            f"减交比例不得低于{percent(floor.value)}，且应低于100%。",
            code="fee.relief-floor",
            basis=floor.source,
            remedy="全部不交的，请申请免交。",
        )
    payable = round_cent(fee * (1 - reduction))
    formula = f"{format_yuan(fee)}×（1－{percent(reduction)}）"
    step = Step(label, formula, payable, entry.source)
    return Relief(REDUCE, entry.scope, fee, payable, Decimal("0.00"), (step,), entry.source)


def _deferred(entry: Parameter, label: str, fee: Decimal, *, case_accepted: bool) -> Relief:
    if case_accepted:
        raise LawError(
            "准予缓交的决定应当在决定立案之前作出。",
            code="fee.relief-late",
            basis=f"{MEASURE}第四十九条",
        )
    step = Step(label, "暂不交纳，数额不变", fee, entry.source)
    return Relief(DEFER, entry.scope, fee, Decimal("0.00"), fee, (step,), entry.source)


def _ground(ground: str, on: date) -> Parameter:
    if ("relief", ground) not in parameters.table("fee_rules"):
        raise LawError(f"没有名为“{ground}”的救助情形。", code="fee.relief-unknown", basis=MEASURE)
    return parameter("fee_rules", "relief", on, scope=ground)
