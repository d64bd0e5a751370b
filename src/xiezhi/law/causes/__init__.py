"""Causes of action (案由): civil in four levels, criminal charges, administrative actions."""

from __future__ import annotations

from xiezhi.law.causes.charges import Charge, administrative, charge, charges
from xiezhi.law.causes.civil import Cause, by_name, cause, children, civil, path
from xiezhi.law.causes.search import Hit, search

__all__ = [
    "Cause",
    "Charge",
    "Hit",
    "administrative",
    "by_name",
    "cause",
    "charge",
    "charges",
    "children",
    "civil",
    "path",
    "search",
]
