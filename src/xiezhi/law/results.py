"""The parts every answer is made of: steps that can be shown, cautions that must be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

WEEKDAYS = "一二三四五六日"
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a computation: what, how, result, article."""

    label: str
    formula: str
    value: Decimal | date | datetime | int | str
    basis: str

    @property
    def shown(self) -> str:
        """Return the value as a page or an instrument prints it."""
        if isinstance(self.value, Decimal):
            return format_yuan(self.value)
        if isinstance(self.value, datetime):
            return f"{format_date(self.value.date())}{self.value:%H:%M}"
        if isinstance(self.value, date):
            return format_date(self.value)
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Caution:
    """A doubt that does not stop the answer and must be shown beside it."""

    code: str
    text: str
    basis: str = ""

    def __str__(self) -> str:
        """Return the text alone."""
        return self.text


def format_date(day: date) -> str:
    """Return ``2026年3月2日（周一）``."""
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def format_yuan(amount: Decimal) -> str:
    """Return ``13,800.00元``."""
    return f"{round_cent(amount):,.2f}元"


def round_cent(amount: Decimal) -> Decimal:
    """Round half up to one cent, the last step of every sum.

    Units: yuan. Intermediate steps are never rounded.
    """
    return amount.quantize(CENT, ROUND_HALF_UP)


def percent(rate: Decimal) -> str:
    """Write a rate as a percentage: 0.025 as 2.5%."""
    return f"{(rate * 100).normalize():f}%"


def multiple(share: Decimal) -> str:
    """Write a share of something: 0.5 as 50%, 2 as 2倍."""
    return percent(share) if share < 1 else f"{share.normalize():f}倍"
