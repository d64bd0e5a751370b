"""Case numbers in running text: any bracket, any width, and the usual misreadings of OCR."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiezhi.law.case_number import codes
from xiezhi.law.case_number.number import CaseNumber
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import derived

# One character for one character, so that positions stay true to the text.
_CONFUSED = str.maketrans(
    "０１２３４５６７８９OoＯ〇lIｌＩ|Zz([{〔【﹝［｛)]}〕】﹞］｝",
    "01234567890000" + "11111" + "22" + "（" * 8 + "）" * 8,
)
_SPACE = r"[ \t\u3000\u00a0]*"
_BREAK = r"[\s\u3000]*"


@dataclass(frozen=True, slots=True)
class Found:
    """A case number and where the text has it; ``exact`` when nothing had to be repaired."""

    start: int
    end: int
    text: str
    number: CaseNumber
    exact: bool


def find(text: str) -> tuple[Found, ...]:
    """Return every possible case number of a text, in order.

    Basis: 关于人民法院案件案号的若干规定第二条、第三条。
    Shape: brackets of any width, spaces and line breaks inside, letters read for digits
    (O, l, I, Z) are understood; what no court could have issued is left out.
    """
    clean = text.translate(_CONFUSED)
    found: list[Found] = []
    for match in _pattern().finditer(clean):
        number = _number(match)
        if number is not None:
            start, end = match.span()
            original = text[start:end]
            found.append(Found(start, end, original, number, exact=original == str(number)))
    return tuple(found)


def _number(match: re.Match[str]) -> CaseNumber | None:
    parts = {name: re.sub(r"\s+", "", part or "") for name, part in match.groupdict().items()}
    kind = _known_type(parts["type"])
    serial = parts["serial"]
    if not kind or serial.startswith("0"):
        return None
    try:
        return CaseNumber(int(parts["year"]), parts["court"], kind, int(serial), parts["suffix"])
    except LawError:
        return None


def _known_type(text: str) -> str:
    """Return the type code when the table has it; running text is full of other words."""
    code = text.removesuffix("第")
    return code if codes.type_name(code) else ""


@derived
def _pattern() -> re.Pattern[str]:
    heads = codes.province_heads()
    digit = rf"[0-9]{_SPACE}"
    return re.compile(
        rf"（{_BREAK}(?P<year>(?:{digit}){{4}})）{_BREAK}"
        rf"(?P<court>{codes.supreme()}|[{heads}]{_SPACE}(?:{digit}){{0,4}}){_BREAK}"
        rf"(?P<type>[\u4e00-\u9fa5](?:{_SPACE}[\u4e00-\u9fa5]){{0,4}}){_BREAK}"
        rf"(?P<serial>(?:{digit}){{1,9}}){_BREAK}号"
        rf"(?P<suffix>之[零一二三四五六七八九十百]+)?"
    )
