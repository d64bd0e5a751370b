"""Citations of statutes: find them in text, write them in one form, follow renumbering."""

from __future__ import annotations

from xiezhi.law.statutes.citations import Citation, Found, find, parse
from xiezhi.law.statutes.names import full_name, short_name
from xiezhi.law.statutes.renumbering import Renumbered, renumber, version_on

__all__ = [
    "Citation",
    "Found",
    "Renumbered",
    "find",
    "full_name",
    "parse",
    "renumber",
    "short_name",
    "version_on",
]
