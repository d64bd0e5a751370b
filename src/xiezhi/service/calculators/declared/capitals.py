"""金额大小写: sums in figures and in capitals, both ways, and whether two agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiezhi.law import LawError, money
from xiezhi.law.results import Step, format_yuan
from xiezhi.service.calculators.answers import Answer
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.questions import Question
from xiezhi.service.calculators.reading import Asked, figures


@dataclass(frozen=True, slots=True)
class Written:
    """A sum, how it was written and how it is written the other way."""

    amount: Decimal
    capitals: str
    from_figures: bool
    agrees: bool


def _questions(today: date) -> tuple[Question, ...]:
    del today
    return (
        Question(
            "amount",
            "金额",
            help="填小写数字，得到大写；填大写，得到小写。",
            basis=money.BASIS,
            placeholder="1234.50 或 壹仟贰佰叁拾肆元伍角整",
        ),
        Question(
            "other",
            "与之核对的金额",
            required=False,
            help="合同、票据上另一处写的金额。填写后核对两处是否一致。",
            basis="《中华人民共和国票据法》第八条",
        ),
    )


def _compute(asked: Asked) -> Written:
    first, from_figures = _read(asked.text("amount"))
    other = asked.text("other")
    if not other:
        return Written(first, money.to_capitals(first), from_figures, agrees=False)
    second, second_from_figures = _read(other)
    if from_figures == second_from_figures:
        raise LawError(
            "两处写法相同，无法核对大小写。",
            code="money.same-form",
            basis=money.BASIS,
            remedy="请一处填小写数字，另一处填大写。",
        )
    capitals = other if from_figures else asked.text("amount")
    money.require_agreement(first if from_figures else second, capitals)
    return Written(first, money.to_capitals(first), from_figures, agrees=True)


def _read(text: str) -> tuple[Decimal, bool]:
    amount = figures(text)
    if amount is None:
        return money.from_capitals(text), False
    money.to_capitals(amount)  # refuses what cannot be written as a sum
    return amount, True


def _word(asked: Asked, found: Written) -> Answer:
    del asked
    figures = format_yuan(found.amount)
    steps = [
        Step("小写", "阿拉伯数字，到分", figures, money.BASIS),
        Step("大写", "中文大写，到元或者角的写“整”", found.capitals, money.BASIS),
    ]
    if found.agrees:
        steps.append(Step("核对", "小写与大写相比", "两处一致", "《中华人民共和国票据法》第八条"))
    return Answer(
        label="大写金额" if found.from_figures else "小写金额",
        text=found.capitals if found.from_figures else figures,
        value=found.capitals if found.from_figures else found.amount,
        note="大小写核对一致。" if found.agrees else "",
        steps=tuple(steps),
    )


CAPITALS = Calculator(
    code="capitals",
    title="金额大小写换算",
    helps="书写借条、调解协议、收据时，把金额写成大写，或者看懂大写金额。",
    icon="typography",
    act="换算金额",
    questions=_questions,
    compute=_compute,
    word=_word,
    columns=("项目", "写法", "结果", "依据"),
    steps_title="换算结果",
    arguments=("amount", "other"),
    blames=(("money.disagree", "other"), ("money.same-form", "other")),
    example=(("amount", "1234.5"),),
)
