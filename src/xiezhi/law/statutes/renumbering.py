"""How articles moved between versions of a statute (条文号对照)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiezhi.law.errors import LawError
from xiezhi.law.numerals import from_int
from xiezhi.law.parameters import Parameter, parameter, table
from xiezhi.law.results import Step
from xiezhi.law.statutes.names import short_name


@dataclass(frozen=True, slots=True)
class Renumbered:
    """An article's number in another version, with each amendment on the way."""

    law: str
    article: int
    version: int
    value: int
    target: int
    steps: tuple[Step, ...]
    basis: str


def version_on(law: str, on: date) -> int:
    """Return the version (year of amendment) of a statute in force on a day.

    Basis: 民事诉讼法2017年、2021年、2023年修正的施行日期。
    Refuses: ``LawError`` for a statute or a day that is not recorded.
    """
    in_force = [row["version"] for row in _versions(law).value if row["from"] <= on]
    if not in_force:
        raise LawError(
            f"没有录入{on.isoformat()}施行的{short_name(law)}版本。", code="statute.version"
        )
    return int(in_force[-1])


def renumber(law: str, article: int, *, version: int, to: int) -> Renumbered:
    """Return the number of an article in a later or earlier version.

    Basis: 民事诉讼法2017年、2021年、2023年修正文本比对，见 data/statutes.toml。
    Refuses: ``LawError`` for an unrecorded version, or an article without a counterpart.
    """
    years = [row["version"] for row in _versions(law).value]
    if version not in years or to not in years:
        raise LawError(
            f"{short_name(law)}没有录入{version}年到{to}年版本的对照。", code="statute.version"
        )
    first, last = years.index(version), years.index(to)
    way = range(first, last) if first <= last else range(first - 1, last - 1, -1)
    number = article
    steps: list[Step] = []
    sources: dict[str, None] = {}
    for index in way:
        old, new = years[index], years[index + 1]
        entry = parameter(
            "statutes", "renumbering", date.max, scope=f"{short_name(law)}{old}>{new}"
        )
        number = _moved(entry, number, forward=first <= last)
        label = f"{old}年版至{new}年版" if first <= last else f"{new}年版至{old}年版"
        steps.append(
            Step(
                label, f"第{from_int(article)}条的对应条文", f"第{from_int(number)}条", entry.source
            )
        )
        sources[entry.source] = None
    if not steps:
        _check(article)
    return Renumbered(law, article, version, number, to, tuple(steps), "；".join(sources))


def _moved(entry: Parameter, article: int, *, forward: bool) -> int:
    _check(article)
    for first, last, shift in entry.value:
        low, high = (first, last) if forward else (first + shift, last + shift)
        if low <= article <= high:
            return int(article + shift if forward else article - shift)
    raise LawError(
        f"第{from_int(article)}条在另一版本中没有对应的条文。",
        code="statute.no-counterpart",
        basis=entry.source,
        remedy="请直接查阅该版本的条文。",
    )


def _check(article: int) -> None:
    if article < 1:
        raise LawError("条文号应当从1起。", code="statute.article")


def _versions(law: str) -> Parameter:
    name = short_name(law)
    if ("versions", name) not in table("statutes"):
        raise LawError(f"没有录入{name}的版本对照。", code="statute.version")
    return parameter("statutes", "versions", date.max, scope=name)
