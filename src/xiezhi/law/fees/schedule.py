"""How a recorded fee schedule is applied to a sum: brackets, base, fixed fee, cap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from xiezhi.law import numerals, parameters, titles
from xiezhi.law.errors import LawError
from xiezhi.law.fees.sums import checked_sum
from xiezhi.law.parameters import Parameter, derived, parameter
from xiezhi.law.results import Step, format_yuan, percent

MEASURE = titles.FEES
_SETTERS = {"acceptance": "由各省确定", "application": "由受理法院按规定确定"}
_TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Bracket:
    """One span of a progressive schedule: above ``over`` and up to ``upto`` (included)."""

    over: Decimal
    upto: Decimal | None
    fixed: Decimal | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """One fee of the measure as recorded for a span of days."""

    group: str
    kind: str
    label: str
    basis: str
    amount: str
    zero: bool
    brackets: tuple[Bracket, ...]
    base: tuple[Decimal, Decimal] | None
    base_with_amount: bool
    local: bool
    fixed: Decimal | None
    without_amount: Decimal | None
    divisor: int
    cap: Decimal | None


@dataclass(frozen=True, slots=True)
class Computed:
    """A fee before rounding, with its lines."""

    fee: Decimal
    steps: tuple[Step, ...]


def schedule(group: str, kind: str, on: date) -> Schedule:
    """Return the schedule of a kind of fee in force on a day.

    Basis: 诉讼费用交纳办法第十三条、第十四条。
    Refuses: ``LawError`` (``fee.unknown``) for an unknown kind.
    """
    if (group, kind) not in parameters.table("fees"):
        raise LawError(f"没有名为“{kind}”的收费类别。", code="fee.unknown", basis=MEASURE)
    entry = parameter("fees", group, on, scope=kind)
    other = entry.value.get("of")
    if other is None:
        return _schedule(entry, None)
    return _schedule(entry, parameter("fees", "acceptance", on, scope=other))


def checked_amount(tariff: Schedule, amount: Decimal | int | None) -> Decimal | None:
    """Return the sum a schedule works on, or refuse an impossible one.

    Basis: 诉讼费用交纳办法第十三条、第十四条；民诉法解释第一百九十七条、第一百九十八条、
    第二百零一条。
    Refuses: ``LawError`` for a missing, zero or negative sum where one is needed.
    """
    if amount is None:
        if tariff.amount == "required":
            raise _missing(tariff)
        return None
    value = checked_sum(amount, basis=tariff.basis)
    if tariff.amount == "ignored":
        return None
    if value == 0 and not tariff.zero:
        raise _missing(tariff)
    return value


def compute(
    tariff: Schedule,
    amount: Decimal | None,
    *,
    on: date,
    province: str | None,
    base: Decimal | int | None,
) -> Computed:
    """Apply a schedule and name every line.

    Basis: the article recorded with the schedule.
    Refuses: ``LawError`` when a province's figure is needed and not known.
    """
    if tariff.fixed is not None:
        return Computed(tariff.fixed, (Step(tariff.label, "每件定额", tariff.fixed, tariff.basis),))
    given = None if base is None else checked_sum(base, basis=tariff.basis)
    if tariff.local:
        return _local(tariff, given)
    steps: list[Step] = []
    if tariff.base is not None and (amount is None or tariff.base_with_amount):
        steps.append(_base_step(tariff, tariff.base, on=on, province=province, base=given))
    if amount is None and tariff.without_amount is not None:
        steps.append(Step(tariff.label, "不涉及财产数额", tariff.without_amount, tariff.basis))
    if amount is not None:
        steps += bracket_steps(tariff.brackets, amount, tariff.basis)
    fee = sum((step.value for step in steps if isinstance(step.value, Decimal)), Decimal(0))
    if tariff.divisor > 1:
        formula = f"{format_yuan(fee)}÷{tariff.divisor}"
        fee /= tariff.divisor
        part = f"按财产案件标准的{numerals.from_int(tariff.divisor)}分之一"
        steps.append(Step(part, formula, fee, tariff.basis))
    if tariff.cap is not None and fee > tariff.cap:
        fee = tariff.cap
        steps.append(Step("最高限额", f"超过{format_yuan(fee)}的按此数", fee, tariff.basis))
    return Computed(fee, tuple(steps))


def bracket_steps(brackets: tuple[Bracket, ...], amount: Decimal, basis: str) -> tuple[Step, ...]:
    """Return one line for each bracket the sum reaches.

    Basis: 诉讼费用交纳办法第十三条、第十四条（分段累计）。
    Shape: the values of the lines add up to the fee.
    """
    steps: list[Step] = []
    for bracket in brackets:
        if steps and amount <= bracket.over:
            break
        label = _span(bracket)
        if bracket.fixed is not None:
            steps.append(Step(label, "定额", bracket.fixed, basis))
            continue
        top = amount if bracket.upto is None else min(amount, bracket.upto)
        part = top - bracket.over
        if bracket.rate:
            formula = f"{part:,f}×{percent(bracket.rate)}"
            steps.append(Step(label, formula, part * bracket.rate, basis))
        else:
            steps.append(Step(label, "不另行交纳", Decimal(0), basis))
    return tuple(steps)


def _base_step(
    tariff: Schedule,
    national: tuple[Decimal, Decimal],
    *,
    on: date,
    province: str | None,
    base: Decimal | None,
) -> Step:
    low, high = national
    limits = f"每件{low:f}元至{high:f}元"
    name = f"{tariff.group}.{tariff.kind}"
    if base is None and province and parameters.has("provinces", name, on, scope=province):
        entry = parameter("provinces", name, on, scope=province)
        return Step("每件交纳", f"{limits}，按录入的标准", Decimal(entry.value), entry.source)
    if base is None:
        raise LawError(
            f"{tariff.label}{limits}，{_SETTERS[tariff.group]}，具体数额尚未录入。",
            code="fee.base-missing",
            basis=tariff.basis,
            remedy="请填写受理法院公布的每件交纳数额。",
        )
    if not low <= base <= high:
        raise LawError(
            f"{tariff.label}每件交纳的数额应在{low:f}元至{high:f}元之间。",
            code="fee.base-range",
            basis=tariff.basis,
            remedy="请填写受理法院公布的数额。",
        )
    return Step("每件交纳", f"{limits}，按填写的数额", base, tariff.basis)


def _local(tariff: Schedule, given: Decimal | None) -> Computed:
    if given is None:
        raise LawError(
            f"{tariff.label}的收费标准各地不一，具体数额尚未录入。",
            code="fee.base-missing",
            basis=tariff.basis,
            remedy="请填写受理法院公布的每件交纳数额。",
        )
    return Computed(given, (Step("每件交纳", "按填写的数额", given, tariff.basis),))


def _missing(tariff: Schedule) -> LawError:
    return LawError(
        "未填标的额，无法计算。",
        code="fee.amount-missing",
        basis=tariff.basis,
        remedy="请填写请求的金额；多项财产请求合并计算。",
    )


def _span(bracket: Bracket) -> str:
    if bracket.upto is None:
        return f"超过{_short(bracket.over)}的部分"
    if bracket.over == 0:
        return f"不超过{_short(bracket.upto)}的部分"
    return f"超过{_short(bracket.over)}至{_short(bracket.upto)}的部分"


def _short(amount: Decimal) -> str:
    whole, rest = divmod(amount, _TEN_THOUSAND)
    return f"{whole:f}万元" if whole and not rest else f"{amount:f}元"


@derived
def _schedule(entry: Parameter, other: Parameter | None) -> Schedule:
    raw: dict[str, Any] = entry.value
    source = raw
    basis = entry.source
    if other is not None:
        source = other.value
        basis = entry.source if other.source in entry.source else f"{entry.source}；{other.source}"
    base = raw.get("base")
    return Schedule(
        group=entry.name,
        kind=entry.scope,
        label=raw["label"],
        basis=basis,
        amount=raw["amount"],
        zero=raw.get("zero", False),
        brackets=_brackets(source.get("brackets", [])),
        base=(Decimal(base[0]), Decimal(base[1])) if base else None,
        base_with_amount=raw.get("base_with_amount", False),
        local=raw.get("local", False),
        fixed=_optional(raw.get("fixed")),
        without_amount=_optional(raw.get("without_amount")),
        divisor=raw.get("divisor", 1),
        cap=_optional(raw.get("cap")),
    )


def _brackets(rows: list[dict[str, Any]]) -> tuple[Bracket, ...]:
    found: list[Bracket] = []
    over = Decimal(0)
    for row in rows:
        upto = _optional(row.get("upto"))
        fixed = _optional(row.get("fixed"))
        found.append(Bracket(over, upto, fixed, Decimal(row.get("rate", 0))))
        over = upto if upto is not None else over
    return tuple(found)


def _optional(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
