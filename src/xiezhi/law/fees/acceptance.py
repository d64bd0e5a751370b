"""The acceptance fee (案件受理费) of a first-instance case, a counterclaim or an appeal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from xiezhi.law import parameters, titles
from xiezhi.law.errors import LawError
from xiezhi.law.fees.results import FeeResult
from xiezhi.law.fees.schedule import MEASURE, checked_amount, compute, schedule
from xiezhi.law.parameters import parameter
from xiezhi.law.results import Step, format_yuan, percent, round_cent

ONCE = f"{titles.CIVIL_INTERPRETATION}第二百零六条"


def acceptance_fee(
    kind: str,
    amount: Decimal | int | None,
    *,
    halving: Iterable[str] = (),
    on: date,
    province: str | None = None,
    base_fee: Decimal | int | None = None,
) -> FeeResult:
    """Return the acceptance fee for a kind of case and the sum in dispute.

    Basis: 诉讼费用交纳办法第八条、第十三条、第十五条、第十六条、第十八条；
    民诉法解释第二百零一条、第二百零六条。
    Units: yuan; ``on`` is the day whose rules apply; ``province`` is the first character of
    the court's code; ``base_fee`` the sum per case a province has set. For an appeal the sum
    is what the appeal is about (第十七条), for a counterclaim the counterclaim's own.
    Refuses: ``LawError`` for an unknown kind or ground, a missing, zero or negative sum,
    a base outside the national limits, a province whose figure is not recorded.
    """
    tariff = schedule("acceptance", kind, on)
    value = checked_amount(tariff, amount)
    computed = compute(tariff, value, on=on, province=province, base=base_fee)
    reasons = tuple(dict.fromkeys(halving))
    payable, steps = _halved(computed.fee, reasons, on)
    gross = round_cent(computed.fee)
    total = Step("案件受理费", "以上各项之和，四舍五入到分", gross, tariff.basis)
    return FeeResult(
        kind=kind,
        label=tariff.label,
        amount=value,
        on=on,
        gross=gross,
        payable=round_cent(payable),
        halved=bool(reasons),
        steps=(*computed.steps, total, *steps),
        basis=tariff.basis,
    )


def kinds() -> dict[str, str]:
    """Return the kinds of acceptance fee with their Chinese names.

    Basis: 诉讼费用交纳办法第八条、第十三条。
    """
    rows = parameters.table("fees").items()
    return {
        scope: versions[0].value["label"]
        for (name, scope), versions in rows
        if name == "acceptance"
    }


def halving_reasons() -> dict[str, str]:
    """Return the grounds for halving with their Chinese names.

    Basis: 诉讼费用交纳办法第十五条、第十六条、第十八条。
    """
    rows = parameters.table("fees").items()
    return {
        scope: versions[0].value["label"] for (name, scope), versions in rows if name == "halving"
    }


def _halved(fee: Decimal, reasons: tuple[str, ...], on: date) -> tuple[Decimal, tuple[Step, ...]]:
    """Halve once, however many grounds there are."""
    if not reasons:
        return fee, ()
    known = halving_reasons()
    for reason in reasons:
        if reason not in known:
            raise LawError(
                f"没有名为“{reason}”的减半事由。", code="fee.halving-unknown", basis=MEASURE
            )
    entries = [parameter("fees", "halving", on, scope=reason) for reason in reasons]
    ratio = entries[0].value["ratio"]
    label = "减半交纳：" + "、".join(known[reason] for reason in reasons)
    formula = f"{format_yuan(fee)}×{percent(ratio)}"
    sources = list(dict.fromkeys(entry.source for entry in entries))
    if len(reasons) > 1:
        formula += "，有几项事由也只减半一次"
        sources.append(ONCE)
    payable = fee * ratio
    return payable, (Step(label, formula, round_cent(payable), "；".join(sources)),)
