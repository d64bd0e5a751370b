"""Citations in running text: 《…》第…条第…款第…项, lists, ranges, short names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xiezhi.law import numerals, titles
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import derived
from xiezhi.law.statutes import names

BASIS = "《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条"
_NUMBER = r"(?:[0-9０-９]+|[零〇一二两三四五六七八九十百千]+)"
_ITEM = rf"[（(]?{_NUMBER}[）)]?"
_AND = r"\s*(?:、|和|及|，)\s*"
_NUMBERS = rf"{_NUMBER}(?:{_AND}{_NUMBER})*"
_ITEMS = rf"{_ITEM}(?:{_AND}{_ITEM})*"
_PLACE = (
    rf"\s*(?P<article>{_NUMBER})\s*条(?:之(?P<sub>[一二三四五六七八九十]+))?"
    rf"(?:\s*第\s*(?P<paragraph>{_NUMBERS})\s*款)?"
    rf"(?:\s*第?\s*(?P<item>{_ITEMS})\s*项)?"
    rf"(?:\s*第\s*(?P<subitem>{_ITEM})\s*目)?"
)
_TITLE = r"《(?:[^《》]|《[^《》]*》)+》"
_JOINT = re.compile(
    r"\s*(?:[、，,]?\s*(?:和|以及|及|与|或者|或|并)|[、，,])\s*"
    rf"(?=第|{_NUMBER}\s*条)"
)
_RANGE = re.compile(rf"\s*(?:至|到|—|－|-|~)\s*第?\s*(?P<last>{_NUMBER})\s*条")
_PART = re.compile(
    rf"{_AND}第?\s*(?:(?P<item>{_ITEMS})\s*项|(?P<paragraph>{_NUMBERS})\s*款"
    rf"(?:\s*第\s*(?P<below>{_ITEMS})\s*项)?)"
)
_SPLIT = re.compile(r"[、和及，\s]+")
_ASIDE = r"(?:[（(][^（）()]{0,40}[）)])?\s*(?:的)?\s*"
_FULL_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One place in one statute; zero stands for a part that is not named.

    ``last_article`` closes a range. ``law`` is the full name, or empty where the text
    names no statute.
    """

    law: str
    article: int
    sub: int = 0
    paragraph: int = 0
    item: int = 0
    subitem: int = 0
    last_article: int = 0

    def __str__(self) -> str:
        """Return the normal form of an instrument: 《…》第…条第…款第（…）项."""
        number = numerals.from_int
        text = f"《{_quoted(self.law)}》" if self.law else ""
        text += f"第{number(self.article)}条"
        if self.sub:
            text += f"之{number(self.sub)}"
        if self.paragraph:
            text += f"第{number(self.paragraph)}款"
        if self.item:
            text += f"第（{number(self.item)}）项"
        if self.subitem:
            text += f"第{self.subitem}目"
        if self.last_article:
            text += f"至第{number(self.last_article)}条"
        return text


@dataclass(frozen=True, slots=True)
class Found:
    """A citation and where the text has it."""

    start: int
    end: int
    text: str
    citation: Citation


def find(text: str) -> tuple[Found, ...]:
    """Return every citation of a text in order.

    Basis: 人民法院文书引用法律规范的规定第一条（引用应写明名称及条款项序号）。
    Shape: a list after one statute gives one citation for each place; references without
    a statute have an empty ``law``; numerals that nobody can read are left out.
    """
    found: list[Found] = []
    place = 0
    while match := _start().search(text, place):
        title = match["title"] or match["short"] or ""
        law = names.full_name(title) if title else ""
        here: list[Found] = []
        try:
            place = _list(text, match, law, here)
        except LawError:  # a numeral nobody can read: leave what stands before it
            place = match.end()
        found += here
    return tuple(found)


def parse(text: str) -> Citation:
    """Read exactly one citation.

    Basis: 人民法院文书引用法律规范的规定第一条。
    Refuses: ``LawError`` when the text is not one citation and nothing else.
    """
    whole = text.strip()
    found = find(whole)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(whole)):
        raise LawError(
            f"“{whole}”不是一条法律引用。",
            code="citation.format",
            basis=BASIS,
            remedy=f"请按“{titles.CIVIL_CODE}第六百七十五条第一款第（一）项”的格式填写。",
        )
    return found[0].citation


def _list(text: str, match: re.Match[str], law: str, found: list[Found]) -> int:
    """Read the references that follow one statute; return where reading stopped."""
    start = match.start()
    current: re.Match[str] | None = match
    end = match.end()
    while current is not None:
        citations = _citations(law, current)
        end = current.end()
        if len(citations) == 1 and (closing := _RANGE.match(text, end)):
            end = closing.end()
            citations = [_closed(citations[0], _int(closing["last"]))]
        found += [Found(start, end, text[start:end], one) for one in citations]
        end = _parts(text, end, citations[-1], found)
        joint = _JOINT.match(text, end)
        current = _next().match(text, joint.end()) if joint else None
        start = joint.end() if joint else end
    return end


def _parts(text: str, end: int, last: Citation, found: list[Found]) -> int:
    """Read further paragraphs or items of the same article: 第一项、第三项."""
    while part := _PART.match(text, end):
        opening = _SPLIT.match(text, end)
        start = opening.end() if opening else end
        end = part.end()
        if part["item"]:
            new = [replace(last, item=n, subitem=0) for n in _ints(part["item"])]
        else:
            new = [
                replace(last, paragraph=n, item=below, subitem=0)
                for n in _ints(part["paragraph"])
                for below in _ints(part["below"])
            ]
        found += [Found(start, end, text[start:end], one) for one in new]
        last = new[-1]
    return end


def _citations(law: str, match: re.Match[str]) -> list[Citation]:
    """Return one citation for each paragraph and item that one article is followed by."""
    return [
        Citation(
            law=law,
            article=_int(match["article"]),
            sub=_int(match["sub"]),
            paragraph=paragraph,
            item=item,
            subitem=_int(match["subitem"]),
        )
        for paragraph in _ints(match["paragraph"])
        for item in _ints(match["item"])
    ]


def _closed(first: Citation, last: int) -> Citation:
    return replace(first, last_article=last) if last > first.article else first


def _ints(text: str | None) -> list[int]:
    """Read a list of numbers; no list is one zero."""
    return [_int(part) for part in _SPLIT.split(text.strip())] if text else [0]


def _int(text: str | None) -> int:
    if not text:
        return 0
    bare = text.strip("（）()").translate(_FULL_DIGITS)
    return int(bare) if bare.isascii() else numerals.to_int(bare)


def _quoted(law: str) -> str:
    return law.replace("《", "〈").replace("》", "〉")


@derived
def _next() -> re.Pattern[str]:
    return re.compile(f"第?{_PLACE}")


@derived
def _start() -> re.Pattern[str]:
    shorts = "|".join(re.escape(name) for name in names.all_names())
    return re.compile(rf"(?:(?:(?P<title>{_TITLE})|(?P<short>{shorts})){_ASIDE})?第{_PLACE}")
