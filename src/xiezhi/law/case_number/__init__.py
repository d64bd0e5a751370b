"""Case numbers (案号): parse, validate, format, sort, and find them in running text."""

from __future__ import annotations

from xiezhi.law.case_number.codes import CourtLevel, court_level, type_name
from xiezhi.law.case_number.historical import (
    HistoricalFound,
    HistoricalNumber,
    find_historical,
    parse_historical,
)
from xiezhi.law.case_number.number import CaseNumber, parse, suffix_for
from xiezhi.law.case_number.search import Found, find

__all__ = [
    "CaseNumber",
    "CourtLevel",
    "Found",
    "HistoricalFound",
    "HistoricalNumber",
    "court_level",
    "find",
    "find_historical",
    "parse",
    "parse_historical",
    "suffix_for",
    "type_name",
]
