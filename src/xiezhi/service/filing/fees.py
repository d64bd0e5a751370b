"""What a filing will cost, as far as the form tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from xiezhi.contracts import kinds
from xiezhi.contracts.forms import FieldType
from xiezhi.contracts.payloads import MAX_YUAN, plain_sum
from xiezhi.law.errors import LawError
from xiezhi.law.fees import FeeResult, acceptance_fee
from xiezhi.service.desk.models import Application

PREFIX: Final = "filing."
CLAIMS: Final = "claims"
PROPERTY: Final = "property"
SUMMARY: Final = "summary"


@dataclass(frozen=True, slots=True)
class Quote:
    """The fee for the sum claimed so far: whole, and halved if the summary procedure applies."""

    amount: Decimal
    whole: FeeResult
    halved: FeeResult


def quote(application: Application, on: date) -> Quote | None:
    """Quote the acceptance fee, or nothing while no sum is claimed.

    Basis: 诉讼费用交纳办法第十三条、第十六条. Units: yuan.
    """
    amount = amount_claimed(application.kind, application.payload)
    if amount is None:
        return None
    province = application.court_id[:1]
    try:
        whole = acceptance_fee(PROPERTY, amount, on=on, province=province)
        halved = acceptance_fee(PROPERTY, amount, halving=(SUMMARY,), on=on, province=province)
    except LawError:
        return None
    return Quote(amount, whole, halved)


def amount_claimed(kind_code: str, typed: dict[str, Any]) -> Decimal | None:
    """Add up the sums of the claims (诉讼请求) as typed so far; unreadable ones do not count.

    Every kind of filing keeps its claims in the section ``claims``. Basis: 民诉法解释第二百零一条.
    """
    sections = {section.name: section for section in kinds.get(kind_code).form.sections}
    if CLAIMS not in sections:
        return None
    names = [each.name for each in sections[CLAIMS].fields if each.type is FieldType.MONEY]
    values = typed.get(CLAIMS) or []
    items = values if isinstance(values, list) else [values]
    sums = [_sum(str(item.get(name) or "")) for item in items for name in names]
    total = sum((each for each in sums if each is not None), Decimal(0))
    return total if 0 < total <= MAX_YUAN else None


def _sum(text: str) -> Decimal | None:
    try:
        amount = Decimal(str(plain_sum(text)))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount <= MAX_YUAN else None
