"""The rules of procedure as pure functions: no framework, no clock, never a guess."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from xiezhi.law.errors import LawError

if TYPE_CHECKING:
    from xiezhi.law import (
        calendar,
        case_number,
        causes,
        dates,
        effect,
        fees,
        identity,
        jurisdiction,
        money,
        numerals,
        parameters,
        periods,
        procedure_choice,
        statutes,
        timeliness,
        trial_clock,
    )
    from xiezhi.law.parameters import sources

# Modules load when first used, so that importing the package stays cheap.
_MODULES = frozenset(
    {
        "calendar",
        "case_number",
        "causes",
        "dates",
        "effect",
        "fees",
        "identity",
        "jurisdiction",
        "money",
        "numerals",
        "parameters",
        "periods",
        "procedure_choice",
        "statutes",
        "timeliness",
        "trial_clock",
    }
)

__all__ = [
    "LawError",
    "calendar",
    "case_number",
    "causes",
    "dates",
    "effect",
    "fees",
    "identity",
    "jurisdiction",
    "money",
    "numerals",
    "parameters",
    "periods",
    "procedure_choice",
    "sources",
    "statutes",
    "timeliness",
    "trial_clock",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"xiezhi.law.{name}")
    if name == "sources":
        return importlib.import_module("xiezhi.law.parameters").sources
    raise AttributeError(name)
