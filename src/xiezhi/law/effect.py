"""When an instrument takes effect, and when a case is concluded (生效日、结案日)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from xiezhi.law import dates, parameters, periods, titles
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import parameter
from xiezhi.law.results import Caution, Step

FILE = "effect"


@dataclass(frozen=True, slots=True)
class Effect:
    """The day from which an instrument is effective, and how it was found."""

    instrument: str
    label: str
    value: date
    steps: tuple[Step, ...]
    basis: str
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The day a case counts as concluded for the trial limit."""

    value: date
    steps: tuple[Step, ...]
    basis: str


def effective_on(
    instrument: str, received: Mapping[str, date], *, abroad: Collection[str] = ()
) -> Effect:
    """Return the day an instrument takes effect when nobody appeals or objects.

    Basis: 民事诉讼法第一百条、第一百五十八条、第一百七十一条；民诉法解释第一百四十九条、
    第二百四十四条；见 data/effect.toml。
    Units: ``received`` maps each party to the day it received or signed the instrument;
    ``abroad`` names those without domicile in the country (境内无住所), who have thirty days.
    Refuses: ``LawError`` for an unknown instrument, nobody served, or a party not served.
    """
    if ("instrument", instrument) not in parameters.table(FILE):
        raise LawError(f"没有名为“{instrument}”的文书。", code="effect.unknown")
    if not received:
        raise LawError("还没有任何当事人收到文书，不能确定生效日。", code="effect.not-served",
                       basis=f"{titles.CIVIL_PROCEDURE}第一百七十一条")  # fmt: skip
    if unknown := sorted(set(abroad) - set(received)):
        raise LawError(f"“{unknown[0]}”还没有收到文书。", code="effect.not-served")
    days = {party: dates.day_of(when) for party, when in received.items()}
    last = max(days.values())
    entry = parameter(FILE, "instrument", last, scope=instrument)
    value = entry.value
    cautions: tuple[Caution, ...] = ()
    if entry.note:
        cautions = (Caution("effect.convention", f"{entry.note}。", entry.source),)
    if "period" not in value:
        step = Step("最后收到之日", "各方收到或者签收日期中最后的一日", last, entry.source)
        return Effect(instrument, value["label"], last, (step,), entry.source, cautions)
    own, far = value["period"], value.get("abroad", value["period"])
    ends = {
        party: periods.end_of(far if party in abroad else own, day) for party, day in days.items()
    }
    steps = [
        Step(f"{party}的{result.label}届满", result.steps[-1].formula, result.end, result.basis)
        for party, result in sorted(ends.items(), key=lambda item: (item[1].end, item[0]))
    ]
    day = max(result.end for result in ends.values()) + timedelta(days=1)
    steps.append(Step("生效日", "最后一方期满的次日", day, entry.source))
    return Effect(instrument, value["label"], day, tuple(steps), entry.source, cautions)


def concluded_on(served: Mapping[str, tuple[str, date]]) -> Conclusion:
    """Return the day of conclusion from how and when each party was served.

    Basis: 审理期限规定第十条。
    Units: ``served`` maps each party to a way of service and its decisive day: the day the
    text was left, published, posted or signed for.
    Refuses: ``LawError`` for an unknown way or nobody served.
    """
    if not served:
        raise LawError("还没有送达任何当事人，不能确定结案日。", code="effect.not-served",
                       basis=f"{titles.TRIAL_LIMITS}第十条")  # fmt: skip
    days = {party: (way, dates.day_of(when)) for party, (way, when) in served.items()}
    steps = []
    for party, (way, day) in sorted(days.items(), key=lambda item: (item[1][1], item[0])):
        if ("conclusion", way) not in parameters.table(FILE):
            raise LawError(f"没有名为“{way}”的送达方式。", code="effect.way",
                           basis=f"{titles.TRIAL_LIMITS}第十条")  # fmt: skip
        entry = parameter(FILE, "conclusion", day, scope=way)
        steps.append(Step(party, entry.value, day, entry.source))
    last = max(day for _, day in days.values())
    steps.append(Step("结案日", "送达最后一名当事人之日", last, f"{titles.TRIAL_LIMITS}第十条"))
    return Conclusion(last, tuple(steps), f"{titles.TRIAL_LIMITS}第十条")
