"""Where a contract is performed (合同履行地)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiezhi.law import titles
from xiezhi.law.errors import LawError
from xiezhi.law.jurisdiction.rules import FILE
from xiezhi.law.parameters import parameter, table
from xiezhi.law.results import Step


@dataclass(frozen=True, slots=True)
class PerformancePlace:
    """The place of performance in words; empty when the defendant's domicile alone counts."""

    value: str
    steps: tuple[Step, ...]
    basis: str


def place_of_performance(
    subject: str,
    *,
    agreed_place: str = "",
    performed: bool = True,
    domicile_at_agreed_place: bool = True,
    on: date,
) -> PerformancePlace:
    """Say where a contract counts as performed.

    Basis: 民诉法解释第十八条、第十九条、第二十条。
    ``subject`` is what the dispute is about: ``money``, ``immovable``, ``other``,
    ``instant``, ``lease``, ``online-delivered`` or ``online-shipped``; an agreed place comes
    first. A contract never performed, neither side living at the agreed place, connects to
    the defendant's domicile only.
    Refuses: ``LawError`` for an unknown subject.
    """
    if ("performance", subject) not in table(FILE) or subject == "agreed":
        raise LawError(
            f"没有名为“{subject}”的合同标的。",
            code="jurisdiction.subject",
            basis=f"{titles.CIVIL_INTERPRETATION}第十八条",
        )
    if agreed_place and not performed and not domicile_at_agreed_place:
        basis = f"{titles.CIVIL_INTERPRETATION}第十八条第三款"
        why = "合同没有实际履行，双方住所地都不在约定的履行地"
        return PerformancePlace(
            "", (Step("合同履行地", why, "由被告住所地法院管辖", basis),), basis
        )
    entry = parameter(FILE, "performance", on, scope="agreed" if agreed_place else subject)
    place = agreed_place or entry.value["place"]
    step = Step("合同履行地", entry.value["label"], place, entry.source)
    return PerformancePlace(place, (step,), entry.source)
