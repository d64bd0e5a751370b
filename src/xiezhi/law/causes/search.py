"""From everyday words to a civil cause: suggestions in order, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from xiezhi.law.causes.civil import GROUP, Cause, civil
from xiezhi.law.parameters import derived, parameter

_NOISE = re.compile(r"[\s，。、；：！？,.;:!?（）()“”\"]+")
_TAIL = re.compile(r"(?:合同|责任)?(?:纠纷|案件|争议)$")
_EXACT, _WORD, _PART, _SHARED = 100, 60, 40, 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A suggested cause; ``why`` tells the words that led to it."""

    cause: Cause
    score: int
    why: str


def search(words: str, on: date, *, limit: int = 10) -> tuple[Hit, ...]:
    """Suggest civil causes for a description in everyday words, best first.

    Basis: 民事案件案由规定；日常用语对照为检索提示，见 data/everyday_words.toml。
    Shape: at most ``limit`` hits, none for words that say nothing; a suggestion never
    decides: the cause follows the legal relation the party asserts.
    Refuses: ``LawError`` for a day whose list is not recorded.
    """
    text = _NOISE.sub("", words)
    tree = civil(on)
    spoken = _pairs(text)
    best: dict[str, Hit] = {}
    for word, code in _everyday(on):
        if word in text and code in tree:
            _keep(best, Hit(tree[code], _WORD + len(word), f"日常用语“{word}”"))
    for one in tree.values():
        if one.level < GROUP or not text:
            continue
        if (hit := _by_name(one, text, spoken)) is not None:
            _keep(best, hit)
    ranked = sorted(best.values(), key=lambda hit: (-hit.score, -hit.cause.level, _order(hit)))
    return tuple(ranked[:limit])


def _by_name(one: Cause, text: str, spoken: frozenset[str]) -> Hit | None:
    if one.name == text:
        return Hit(one, _EXACT + one.level, "与案由名称相同")
    core, pairs = _core(one.name)
    if core and core in text:
        return Hit(one, _WORD + len(core), f"含有“{core}”")
    if len(text) > 1 and text in one.name:
        return Hit(one, _PART + len(text), f"案由名称含有“{text}”")
    shared = pairs & spoken
    if len(shared) * 2 >= len(pairs) > 0:
        return Hit(one, _SHARED + len(shared), f"与“{core}”相近")
    return None


def _keep(best: dict[str, Hit], hit: Hit) -> None:
    known = best.get(hit.cause.code)
    if known is None or hit.score > known.score:
        best[hit.cause.code] = hit


@derived
def _core(name: str) -> tuple[str, frozenset[str]]:
    core = _TAIL.sub("", name)
    return core, _pairs(core)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _order(hit: Hit) -> tuple[int, int]:
    head, _, tail = hit.cause.code.rpartition("-")[2].partition(".")
    return (int(head), int(tail or 0))


@derived
def _everyday(on: date) -> tuple[tuple[str, str], ...]:
    rows = parameter("everyday_words", "civil", on).value
    return tuple((word, code) for code, words in rows.items() for word in words)
