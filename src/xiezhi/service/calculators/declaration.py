"""One calculator, declared once; its page, its interface and its command are made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from xiezhi.law import LawError
from xiezhi.law.results import format_date, format_yuan
from xiezhi.service.calculators.answers import Answer, Echo
from xiezhi.service.calculators.questions import Kind, Question
from xiezhi.service.calculators.reading import Asked, Finding, Raw, Unanswerable, read

R = TypeVar("R")

# What the law library says to whoever keeps its data, said to whoever asks.
_FOR_THE_PUBLIC = {
    "parameter.missing": (
        "本工具没有录入该日期适用的规则，无法计算。",
        "请核对日期；日期无误的，请向受理法院询问。",
    ),
    "procedure.wage-missing": (
        "受理法院所在省份的年平均工资没有选择或者尚未录入，无法判断是否适用小额诉讼程序。",
        "请选择省份；没有列出的，请向受理法院询问。",
    ),
    "calendar.missing-year": (
        "该期间涉及的年份，国家尚未公布节假日安排，或者本工具尚未录入，无法计算。",
        "请在节假日安排公布后再算，或者向受理法院询问。",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Calculator(Generic[R]):
    """A calculator: whom it helps, what it asks, the law it puts the question to, its words.

    ``questions`` are made for a day, because rules and their names change with the law.
    ``arguments`` are the questions a command takes without a name, in order.
    ``blames`` says which question an error of the law is about: the beginning of its code,
    then the question; the first fit counts, the first question is the rest.
    ``shareable`` allows the question to stand in an address.
    """

    code: str
    title: str
    helps: str
    icon: str
    act: str
    questions: Callable[[date], tuple[Question, ...]]
    compute: Callable[[Asked], R]
    word: Callable[[Asked, R], Answer]
    columns: tuple[str, str, str, str] = ("项目", "算式", "结果", "依据")
    steps_title: str = "计算过程"
    arguments: tuple[str, ...] = ()
    blames: tuple[tuple[str, str], ...] = ()
    shareable: bool = True
    personal: bool = False
    example: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Hold that personal data can never be shared by an address."""
        if self.personal and self.shareable:
            message = f"{self.code} asks for personal data and cannot be shareable"
            raise ValueError(message)

    def answer(self, raw: Raw, *, today: date) -> Answer:
        """Answer a question as it was typed.

        Units: ``today`` is the Shanghai date on which it is asked.
        Refuses: ``Unanswerable`` with every finding.
        """
        questions = self.questions(today)
        asked = read(questions, raw, today)
        try:
            found = self.compute(asked)
            return self.word(asked, found).echoing(_echo(questions, asked))
        except LawError as error:
            raise Unanswerable(self._finding(questions, error)) from None

    def _finding(self, questions: tuple[Question, ...], error: LawError) -> Finding:
        names = (name for start, name in self.blames if error.code.startswith(start))
        name = next(names, questions[0].name)
        label = next(question.label for question in questions if question.name == name)
        text, remedy = _FOR_THE_PUBLIC.get(error.code, (error.reason, error.remedy))
        return Finding(name, label, error.code, text, error.basis, remedy)


def _echo(questions: tuple[Question, ...], asked: Asked) -> tuple[Echo, ...]:
    return tuple(
        Echo(question.name, question.label, _words(question, asked), asked.typed[question.name])
        for question in questions
        if question.name in asked.typed and not question.confidential
    )


def _words(question: Question, asked: Asked) -> str:
    words = asked.typed[question.name]
    if question.kind in {Kind.CHOICE, Kind.CHOICES}:
        return "、".join(question.wording_of(word) for word in words)
    amount, day = asked.money(question.name), asked.day(question.name)
    if amount is not None:
        # A sum of more than two decimals never comes this far: the law refuses it.
        return format_yuan(amount)
    if day is not None:
        return format_date(day)
    if question.kind is Kind.YES:
        return "是" if asked.yes(question.name) else "否"
    return f"{words[0]}{question.unit}"
