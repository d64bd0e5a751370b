"""Case numbers of the time before 2016 (××字第××号), recognised but never issued."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiezhi.law import titles
from xiezhi.law.case_number import codes
from xiezhi.law.errors import LawError

BASIS = f"{titles.CASE_NUMBERS}第十四条（2016年1月1日起施行）"
_PATTERN = re.compile(
    r"[（(〔\[]\s*(?P<year>(?:19|20)[0-9]{2})\s*[）)〕\]]\s*"
    r"(?P<court>[\u4e00-\u9fa5]{2,12}?)字\s*第\s*0*(?P<serial>[1-9][0-9]{0,7})(?:-[0-9]+)?\s*号"
)


@dataclass(frozen=True, slots=True)
class HistoricalNumber:
    """An old case number: court and type in words, e.g. 惠中法刑一初."""

    year: int
    words: str
    serial: int

    def __str__(self) -> str:
        """Return the usual form, e.g. ``（2011）惠中法刑一初字第30号``."""
        return f"（{self.year}）{self.words}字第{self.serial}号"


@dataclass(frozen=True, slots=True)
class HistoricalFound:
    """An old case number and where the text has it."""

    start: int
    end: int
    text: str
    number: HistoricalNumber


def find_historical(text: str) -> tuple[HistoricalFound, ...]:
    """Return every case number of the old form in a text, in order.

    Basis: 关于人民法院案件案号的若干规定施行前的编号方式；2016年起另行编号。
    Shape: a number with a later year is left out, for no court issued it.
    """
    found: list[HistoricalFound] = []
    for match in _PATTERN.finditer(text):
        year = int(match["year"])
        if codes.earliest_year() <= year < codes.reform_year():
            number = HistoricalNumber(year, match["court"], int(match["serial"]))
            found.append(HistoricalFound(match.start(), match.end(), match[0], number))
    return tuple(found)


def parse_historical(text: str) -> HistoricalNumber:
    """Read one case number of the old form.

    Basis: 关于人民法院案件案号的若干规定施行前的编号方式。
    Refuses: ``LawError`` when the text is not one such number and nothing else.
    """
    whole = text.strip()
    found = find_historical(whole)
    if len(found) != 1 or found[0].text != whole:
        raise LawError(
            f"“{whole}”不是2016年以前案号的格式。",
            code="case-number.historical",
            basis=BASIS,
            remedy="请按“（2011）朝民初字第30号”的格式填写。",
        )
    return found[0].number
