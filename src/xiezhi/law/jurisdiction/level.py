"""Which level of court hears a civil case at first instance (级别管辖)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiezhi.law import titles
from xiezhi.law.case_number.codes import CourtLevel
from xiezhi.law.errors import LawError
from xiezhi.law.jurisdiction.rules import FILE
from xiezhi.law.parameters import Parameter, Status, parameter, table
from xiezhi.law.results import Caution, Step, format_yuan

LEVELS_BASIS = f"{titles.CIVIL_PROCEDURE}第十八条至第二十一条"


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """What the level depends on; ``None`` says that nobody knows yet.

    ``province`` is the first character of the court's code; ``one_outside`` that one side
    lives outside that province; ``major`` 在本辖区有重大影响.
    """

    province: str
    amount: Decimal | None
    foreign: bool = False
    one_outside: bool | None = None
    major: bool = False
    basic_only: bool = False


@dataclass(frozen=True, slots=True)
class LevelAnswer:
    """The level, or the missing fact; ``value`` is ``None`` where a person must decide."""

    value: CourtLevel | None
    missing: tuple[str, ...]
    steps: tuple[Step, ...]
    basis: str
    cautions: tuple[Caution, ...] = ()


def level(facts: LevelFacts, *, on: date) -> LevelAnswer:
    """Say which level hears a case at first instance, by amount and kind.

    Basis: 民事诉讼法第十八条至第二十一条；法发〔2021〕27号；法释〔2022〕18号第二条、第三条。
    Units: an absent amount (no property claim) leaves the case at the basic level.
    Refuses: ``LawError`` for a negative sum or a province without a recorded threshold.
    """
    if facts.amount is not None and facts.amount < 0:
        raise LawError("金额不能为负数。", code="jurisdiction.negative", basis=LEVELS_BASIS)
    if facts.basic_only:
        step = Step("级别管辖", "法律规定由基层人民法院管辖", CourtLevel.BASIC.label, LEVELS_BASIS)
        return LevelAnswer(CourtLevel.BASIC, (), (step,), LEVELS_BASIS)
    if facts.major:
        step = Step(
            "级别管辖", "在本辖区有重大影响，由相应级别的法院决定", "需要由人工判断", LEVELS_BASIS
        )
        return LevelAnswer(None, ("major",), (step,), LEVELS_BASIS)
    amount = facts.amount or Decimal(0)
    high, middle = _thresholds(facts, on)
    if amount >= high.value:
        return _answer(CourtLevel.HIGH, amount, high)
    if middle is None:
        return _unknown_side(amount, on)
    least = middle.value["amount"] if isinstance(middle.value, dict) else middle.value
    if amount >= least:
        return _answer(CourtLevel.INTERMEDIATE, amount, middle)
    formula = f"{format_yuan(amount)}低于{format_yuan(Decimal(least))}"
    step = Step(
        "级别管辖",
        formula,
        CourtLevel.BASIC.label,
        f"{titles.CIVIL_PROCEDURE}第十八条；{middle.source}",
    )
    return LevelAnswer(
        CourtLevel.BASIC, (), (step,), f"{titles.CIVIL_PROCEDURE}第十八条", _doubts(middle)
    )


def _thresholds(facts: LevelFacts, on: date) -> tuple[Parameter, Parameter | None]:
    if facts.foreign:
        high = parameter(FILE, "foreign-high-amount", on)
        for name, scope in table(FILE):
            if name == "foreign-amount":
                entry = parameter(FILE, name, on, scope=scope)
                if facts.province in entry.value["provinces"]:
                    return high, entry
        raise LawError(
            f"没有录入“{facts.province}”涉外案件的级别管辖标准。",
            code="jurisdiction.province",
            basis=high.source,
        )
    high = parameter(FILE, "high-amount", on)
    if facts.one_outside is None:
        low = parameter(FILE, "intermediate-amount", on, scope="one-outside")
        certain = (facts.amount or Decimal(0)) < low.value
        return high, low if certain else None
    scope = "one-outside" if facts.one_outside else "both-inside"
    return high, parameter(FILE, "intermediate-amount", on, scope=scope)


def _unknown_side(amount: Decimal, on: date) -> LevelAnswer:
    entry = parameter(FILE, "intermediate-amount", on, scope="both-inside")
    if amount >= entry.value:
        return _answer(CourtLevel.INTERMEDIATE, amount, entry)
    step = Step("级别管辖", "是否有一方住所地不在本省", "需要由人工判断", entry.source)
    return LevelAnswer(None, ("one_outside",), (step,), entry.source, _doubts(entry))


def _answer(found: CourtLevel, amount: Decimal, entry: Parameter) -> LevelAnswer:
    least = entry.value["amount"] if isinstance(entry.value, dict) else entry.value
    formula = f"{format_yuan(amount)}达到{format_yuan(Decimal(least))}"
    step = Step("级别管辖", formula, found.label, entry.source)
    return LevelAnswer(found, (), (step,), entry.source, _doubts(entry))


def _doubts(entry: Parameter) -> tuple[Caution, ...]:
    if entry.status is Status.VERIFIED:
        return ()
    text = "级别管辖的金额标准尚未与公布的文件核对，请以受理法院公布的为准。"
    return (Caution("jurisdiction.unverified", text, entry.source),)
