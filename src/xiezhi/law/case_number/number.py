"""One case number: its four parts, its suffix, and the rules between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from xiezhi.law import numerals, titles
from xiezhi.law.case_number import codes
from xiezhi.law.case_number.codes import RULES, CourtLevel
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import derived
from xiezhi.law.results import Caution

_SUFFIX = re.compile(r"之([零一二三四五六七八九十百]+)")
_TYPE = re.compile(r"[\u4e00-\u9fa5]{1,4}")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number; ``str()`` gives the standard form with full-width brackets.

    Basis: 关于人民法院案件案号的若干规定第二条、第三条。
    Refuses: ``LawError`` when a part is impossible or the parts contradict each other.
    """

    year: int
    court_code: str
    type_code: str
    serial: int
    suffix: str = ""

    def __post_init__(self) -> None:
        """Refuse what no court could have issued."""
        if self.year < codes.earliest_year() or self.year > date.max.year:
            raise _error(f"收案年度{self.year}不正确。", "year", "第二条")
        if self.serial < 1:
            raise _error("案件编号应当从1起。", "serial", "第十条第一款")
        if not _TYPE.fullmatch(self.type_code):
            raise _error(f"类型代字“{self.type_code}”不正确。", "type", "第七条")
        if self.suffix and not _is_suffix(self.suffix):
            raise _error(f"案号后缀“{self.suffix}”不正确。", "suffix", "第三条")
        self._check_level()
        random = codes.types_in("random-eight-digits")
        if self.type_code in random and len(str(self.serial)) != _RANDOM_LENGTH:
            text = f"“{self.type_code}”案件的编号应为{_RANDOM_LENGTH}位。"
            raise _error(text, "random-serial", "第十条第二款")

    def _check_level(self) -> None:
        basic = codes.court_level(self.court_code) is CourtLevel.BASIC
        if basic and self.type_code in codes.types_in("not-at-basic-courts"):
            raise LawError(
                f"“{self.court_code}”是基层人民法院，不会有“{self.type_code}”案件。",
                code="case-number.level",
                basis=f"{titles.CIVIL_PROCEDURE}第一百七十一条；{titles.CRIMINAL_PROCEDURE}第二百二十七条；《中华人民共和国行政诉讼法》第八十五条",
                remedy="请核对法院代字和类型代字。",
            )

    @property
    def level(self) -> CourtLevel:
        """Return the level of the court."""
        return codes.court_level(self.court_code)

    @property
    def type_name(self) -> str:
        """Return what kind of case this is, or an empty text for an unknown code."""
        return codes.type_name(self.type_code)

    @property
    def is_demonstration(self) -> bool:
        """Tell whether the court is an invented one."""
        return codes.is_demonstration(self.court_code)

    @property
    def base(self) -> CaseNumber:
        """Return the number of the case itself, without the suffix of an instrument."""
        return replace(self, suffix="") if self.suffix else self

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """Return what is doubtful but not wrong."""
        found: list[Caution] = []
        if not self.type_name:
            text = f"类型代字“{self.type_code}”不在已知的类型代字表中。"
            found.append(Caution("case-number.unknown-type", text, f"{RULES}第七条"))
        if self.type_code in codes.types_in("unusual-at-basic-courts") and (
            self.level is CourtLevel.BASIC
        ):
            text = f"基层人民法院的“{self.type_code}”案件少见，请核对。"
            found.append(
                Caution("case-number.unusual-level", text, f"{titles.CIVIL_PROCEDURE}第二百一十条")
            )
        return tuple(found)

    @property
    def sort_key(self) -> tuple[int, int, str, str, int, int]:
        """Return the order of registers: year, level, court, type, number, suffix."""
        level = list(CourtLevel).index(self.level)
        ordinal = numerals.to_int(self.suffix[1:]) if self.suffix else 0
        return (self.year, level, self.court_code, self.type_code, self.serial, ordinal)

    def __lt__(self, other: CaseNumber) -> bool:
        """Compare by :attr:`sort_key`."""
        return self.sort_key < other.sort_key

    def __str__(self) -> str:
        """Return the standard form, e.g. ``（2026）京0105民初12345号之一``."""
        court = f"{self.court_code}{self.type_code}"
        return f"（{self.year}）{court}{self.serial}号{self.suffix}"


_RANDOM_LENGTH = 8


def parse(text: str, *, on: date | None = None) -> CaseNumber:
    """Read one case number; brackets of any width are understood.

    Basis: 关于人民法院案件案号的若干规定第二条、第三条、第十条。
    Units: with ``on`` the year must not lie after that day's.
    Refuses: ``LawError`` with the part that is wrong.
    """
    match = _whole().fullmatch(text.strip())
    if match is None:
        remedy = "请按“（2026）京0105民初1号”的格式填写，中间不要有空格。"
        raise LawError(
            f"“{text.strip()}”不是案号的格式。",
            code="case-number.format",
            basis=f"{RULES}第三条",
            remedy=remedy,
        )
    if match["serial"].startswith("0"):
        raise _error("案件编号不得有前导零。", "leading-zero", "第十条第一款")
    year = int(match["year"])
    if on is not None and year > on.year:
        raise _error(f"收案年度{year}晚于{on.year}年。", "year", "第二条")
    return CaseNumber(
        year, match["court"], match["type"], int(match["serial"]), match["suffix"] or ""
    )


def suffix_for(nth: int) -> str:
    """Return the suffix of the n-th instrument of one kind in one case.

    Basis: 关于在同一案件多个裁判文书上规范使用案号有关事项的通知（法〔2016〕27号）。
    Shape: the first has none, the second ``之一``; each kind counts by itself.
    Refuses: ``LawError`` for a count below one.
    """
    if nth < 1:
        raise _error("文书的顺序应当从1起。", "suffix", "第三条")
    return "" if nth == 1 else f"之{numerals.from_int(nth - 1)}"


@derived
def _whole() -> re.Pattern[str]:
    heads = codes.province_heads()
    return re.compile(
        r"[（(〔\[【](?P<year>[0-9]{4})[）)〕\]】]"
        rf"(?P<court>{codes.supreme()}|[{heads}][0-9]*)"
        r"(?P<type>[\u4e00-\u9fa5]{1,4})(?P<serial>[0-9]+)号"
        r"(?P<suffix>之[零一二三四五六七八九十百]+)?"
    )


def _is_suffix(text: str) -> bool:
    match = _SUFFIX.fullmatch(text)
    if match is None:
        return False
    try:
        return numerals.from_int(numerals.to_int(match[1])) == match[1]
    except LawError:
        return False


def _error(text: str, code: str, article: str) -> LawError:
    return LawError(text, code=f"case-number.{code}", basis=f"{RULES}{article}")
