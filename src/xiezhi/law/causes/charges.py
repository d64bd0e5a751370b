"""Criminal charges (罪名) and the causes of administrative actions, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from xiezhi.law import titles
from xiezhi.law.errors import LawError
from xiezhi.law.numerals import from_int
from xiezhi.law.parameters import derived, parameter

FILE = "charges"
_ARTICLE = re.compile(r"(\d+)(?: (之.))?")


@dataclass(frozen=True, slots=True)
class Charge:
    """One charge with its articles and, in short, its terms (a guide, not the article)."""

    code: str
    name: str
    articles: str
    terms: str
    basis: str


def charges(on: date) -> dict[str, Charge]:
    """Return the recorded charges by code.

    Basis: 刑法（含修正案十二）；常用罪名，非全部。
    Refuses: ``LawError`` for a day whose list is not recorded.
    """
    return _charges(parameter(FILE, "charges", on).since)


def charge(code: str, on: date) -> Charge:
    """Return one charge by its code.

    Basis: 刑法。
    Refuses: ``LawError`` for an unknown code.
    """
    found = charges(on).get(code)
    if found is None:
        raise LawError(
            f"没有编号为“{code}”的罪名。",
            code="charge.unknown",
            basis=titles.CRIMINAL_LAW,
            remedy="罪名表只录入常用罪名，请由人工填写。",
        )
    return found


def administrative(on: date) -> dict[str, tuple[str, ...]]:
    """Return the second-level administrative causes with their recorded third level.

    Basis: 关于行政案件案由的暂行规定（法发〔2020〕44号）；三级案由只列常用的。
    Refuses: ``LawError`` for a day whose list is not recorded.
    """
    value = parameter(FILE, "administrative", on).value
    return {name: tuple(value["third"].get(name, ())) for name in value["second"]}


@derived
def _charges(since: date) -> dict[str, Charge]:
    entry = parameter(FILE, "charges", since)
    return {
        code: Charge(code, name, articles, terms, f"{titles.CRIMINAL_LAW}{_written(articles)}")
        for code, name, articles, terms in entry.value
    }


def _written(articles: str) -> str:
    """Cite articles as a statute numbers them: 133 之一 as 第一百三十三条之一."""
    found = _ARTICLE.finditer(articles)
    return "、".join(f"第{from_int(int(one[1]))}条{one[2] or ''}" for one in found)
