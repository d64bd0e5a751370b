"""Application fees (申请费): enforcement, preservation, payment orders, bankruptcy and others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xiezhi.law import parameters
from xiezhi.law.fees.results import FeeResult
from xiezhi.law.fees.schedule import checked_amount, compute, schedule
from xiezhi.law.results import Step, round_cent


def application_fee(
    kind: str,
    amount: Decimal | int | None,
    *,
    on: date,
    province: str | None = None,
    base_fee: Decimal | int | None = None,
) -> FeeResult:
    """Return the fee of an application for the sum it concerns.

    Basis: 诉讼费用交纳办法第十条、第十四条。
    Units: yuan; ``amount`` is ``None`` where no sum is involved. For preservation it is the
    value actually preserved, for bankruptcy the total of the assets.
    Refuses: ``LawError`` as :func:`acceptance_fee`.
    """
    tariff = schedule("application", kind, on)
    value = checked_amount(tariff, amount)
    computed = compute(tariff, value, on=on, province=province, base=base_fee)
    payable = round_cent(computed.fee)
    total = Step("申请费", "以上各项之和，四舍五入到分", payable, tariff.basis)
    return FeeResult(
        kind=kind,
        label=tariff.label,
        amount=value,
        on=on,
        gross=payable,
        payable=payable,
        halved=False,
        steps=(*computed.steps, total),
        basis=tariff.basis,
    )


def kinds() -> dict[str, str]:
    """Return the kinds of application fee with their Chinese names.

    Basis: 诉讼费用交纳办法第十条、第十四条。
    """
    rows = parameters.table("fees").items()
    return {
        scope: versions[0].value["label"]
        for (name, scope), versions in rows
        if name == "application"
    }
