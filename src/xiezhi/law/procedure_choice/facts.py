"""The named facts that rule a procedure in or out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xiezhi.law.errors import LawError
from xiezhi.law.parameters import Parameter, derived, table
from xiezhi.law.results import Step

FILE = "procedure"
LISTS = (
    "excludes-summary",
    "excludes-small-claims",
    "excludes-sole-judge",
    "requires-seven",
    "requires-jurors",
)


def facts() -> dict[str, str]:
    """Return every fact that matters, with the words to ask for it.

    Basis: 民事诉讼法第四十二条、第一百六十六条；民诉法解释第二百五十七条；人民陪审员法第十五条、
    第十六条。
    """
    return {
        scope: versions[0].value for (name, scope), versions in table(FILE).items() if name in LISTS
    }


def check(told: Iterable[str]) -> frozenset[str]:
    """Return the facts as a set.

    Basis: as :func:`facts`.
    Refuses: ``LawError`` for a fact the rules do not know.
    """
    known = facts()
    found = frozenset(told)
    if unknown := sorted(found - set(known)):
        raise LawError(f"没有名为“{unknown[0]}”的案件事实。", code="procedure.fact")
    return found


def reasons(kind: str, told: frozenset[str], on: date) -> tuple[Step, ...]:
    """Return one line for each told fact that a list contains.

    Basis: the article recorded with the fact.
    """
    return tuple(
        Step(_TITLES[kind], entry.value, _RESULTS[kind], entry.source)
        for entry in _entries(kind)
        if entry.scope in told and entry.covers(on)
    )


_TITLES = {
    "excludes-summary": "简易程序",
    "excludes-small-claims": "小额诉讼程序",
    "excludes-sole-judge": "独任审理",
    "requires-seven": "七人合议庭",
    "requires-jurors": "人民陪审员参加",
}
_RESULTS = {
    "excludes-summary": "不适用",
    "excludes-small-claims": "不适用",
    "excludes-sole-judge": "不得独任",
    "requires-seven": "应当组成",
    "requires-jurors": "应当参加",
}


@derived
def _entries(kind: str) -> tuple[Parameter, ...]:
    return tuple(
        entry for (name, _), versions in table(FILE).items() if name == kind for entry in versions
    )
