"""Which provinces have set a figure: the only ones that may be chosen for it."""

from __future__ import annotations

from datetime import date

from xiezhi.law import parameters
from xiezhi.service.calculators.questions import Choice

_TABLES = ("provinces", "demonstration-provinces")


def names(today: date) -> dict[str, str]:
    """Return every province by the first character of its court codes, invented ones last."""
    found: dict[str, str] = {}
    for table in _TABLES:
        found |= parameters.parameter("case_numbers", table, today).value
    return found


def recorded(figure: str, today: date) -> tuple[Choice, ...]:
    """Return the provinces that have set a figure, or any figure whose name begins so."""
    heads = {scope for name, scope in parameters.table("provinces") if name.startswith(figure)}
    return tuple(Choice(head, name) for head, name in names(today).items() if head in heads)
