"""The codes inside a case number: courts (法院代字) and types (类型代字)."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Any

from xiezhi.law import titles
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import derived, parameter, table

RULES = titles.CASE_NUMBERS
_ON = date(2016, 1, 1)


class CourtLevel(StrEnum):
    """The four levels of the people's courts."""

    SUPREME = "supreme"
    HIGH = "high"
    INTERMEDIATE = "intermediate"
    BASIC = "basic"

    @property
    def label(self) -> str:
        """Return the Chinese name of the level."""
        return _LEVEL_NAMES[self]


_LEVEL_NAMES = {
    CourtLevel.SUPREME: "最高人民法院",
    CourtLevel.HIGH: "高级人民法院",
    CourtLevel.INTERMEDIATE: "中级人民法院",
    CourtLevel.BASIC: "基层人民法院",
}
_LEVEL_BY_DIGITS = {0: CourtLevel.HIGH, 2: CourtLevel.INTERMEDIATE, 4: CourtLevel.BASIC}


def court_level(court_code: str) -> CourtLevel:
    """Return the level that a court code shows.

    Basis: 关于人民法院案件案号的若干规定第四条至第六条。
    Refuses: ``LawError`` (``case-number.court``).
    """
    if court_code == supreme():
        return CourtLevel.SUPREME
    digits = court_code[1:]
    level = _LEVEL_BY_DIGITS.get(len(digits))
    if court_code[:1] not in province_heads() or level is None or not _ascii_digits(digits):
        raise LawError(
            f"法院代字“{court_code}”不正确。",
            code="case-number.court",
            basis=f"{RULES}第四条至第六条",
            remedy="法院代字为“最高法”，或省份简称，或省份简称加两位、四位数字。",
        )
    return level


def is_demonstration(court_code: str) -> bool:
    """Tell whether a court code belongs to an invented court of the demonstration.

    Basis: 约定，见 data/case_numbers.toml。
    """
    return court_code[:1] in parameter("case_numbers", "demonstration-provinces", _ON).value


def special_court(court_code: str) -> str:
    """Return the kind or name of a special court, or an empty text for an ordinary one.

    Basis: 关于人民法院案件案号的若干规定配套标准。
    """
    named = parameter("case_numbers", "named-courts", date.max).value
    kinds = parameter("case_numbers", "special-courts", _ON).value
    return str(named.get(court_code) or kinds.get(court_code[1:3], ""))


def type_name(type_code: str) -> str:
    """Return what kind of case a type code stands for, or an empty text.

    Basis: 关于人民法院案件案号的若干规定第七条及配套标准。
    """
    found = _types().get(type_code)
    return found["name"] if found else ""


def type_class(type_code: str) -> str:
    """Return the class (大类) of a type code, or an empty text.

    Basis: 关于人民法院案件案号的若干规定第七条及配套标准。
    """
    found = _types().get(type_code)
    return classes()[found["class"]] if found else ""


@derived
def type_codes() -> tuple[str, ...]:
    """Return every known type code, the official table first.

    Basis: 关于人民法院案件案号的若干规定配套标准。
    """
    return tuple(_types())


@derived
def supreme() -> str:
    """Return the code of the Supreme People's Court.

    Basis: 关于人民法院案件案号的若干规定第四条。
    """
    return str(parameter("case_numbers", "supreme", _ON).value)


@derived
def province_heads() -> str:
    """Return the first characters of all court codes, the demonstration's included.

    Basis: 关于人民法院案件案号的若干规定第五条、第六条；演示代字为约定。
    """
    real = parameter("case_numbers", "provinces", _ON).value
    return "".join([*real, *parameter("case_numbers", "demonstration-provinces", _ON).value])


@derived
def types_in(name: str) -> frozenset[str]:
    """Return a recorded list of type codes, such as those of second instance.

    Basis: the article recorded with the list in data/case_numbers.toml.
    """
    return frozenset(parameter("case_numbers", name, _ON).value)


@derived
def classes() -> dict[str, str]:
    """Return the classes of cases by their code.

    Basis: 关于人民法院案件案号的若干规定配套标准。
    """
    return dict(parameter("case_numbers", "classes", _ON).value)


@derived
def earliest_year() -> int:
    """Return the first year a case number may carry.

    Basis: 合理性检查，见 data/case_numbers.toml。
    """
    return int(parameter("case_numbers", "earliest-year", _ON).value)


@derived
def reform_year() -> int:
    """Return the first year of the present form of case numbers.

    Basis: 关于人民法院案件案号的若干规定第十四条。
    """
    return int(parameter("case_numbers", "reform-year", _ON).value)


@derived
def _types() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for (name, _), versions in table("case_numbers").items():
        if name == "types":
            found |= versions[0].value
    return found


def _ascii_digits(text: str) -> bool:
    return re.fullmatch(r"[0-9]*", text) is not None
