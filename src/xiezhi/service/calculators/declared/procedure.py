"""审判程序: small claims, summary or ordinary procedure, and who tries the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiezhi.law import LawError, parameters
from xiezhi.law.case_number import CourtLevel
from xiezhi.law.parameters import Parameter
from xiezhi.law.procedure_choice import (
    CaseFacts,
    ProcedureChoice,
    Tribunal,
    choose,
    facts,
    first_instance_tribunal,
)
from xiezhi.law.procedure_choice.choice import LABELS, ORDINARY
from xiezhi.law.results import Step
from xiezhi.service.calculators.answers import Answer, doubts
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.provinces import recorded
from xiezhi.service.calculators.questions import Choice, Kind, Question
from xiezhi.service.calculators.reading import Asked

_WAGE = "average-wage"
_YES_OR_NO = (Choice("yes", "是"), Choice("no", "否"))
_UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Found:
    """The procedure, who tries the case, and why a sole judge is barred where one is."""

    choice: ProcedureChoice
    tribunal: Tribunal | None
    barred: Step | None


def _questions(today: date) -> tuple[Question, ...]:
    levels = tuple(Choice(level.value, level.label) for level in reversed(CourtLevel))
    told = tuple(Choice(name, words) for name, words in facts().items())
    return (
        Question("level", "受理法院", Kind.CHOICE, choices=levels, default=levels[0].value),
        Question(
            "simple",
            "事实清楚、权利义务关系明确、争议不大",
            Kind.CHOICE,
            required=False,
            basis="《中华人民共和国民事诉讼法》第一百六十条",
            choices=_YES_OR_NO,
        ),
        Question("money_only", "只请求给付金钱", Kind.CHOICE, required=False, choices=_YES_OR_NO),
        Question(
            "amount",
            "标的额",
            Kind.MONEY,
            required=False,
            help="您请求的金额；多项财产请求合并计算。",
            basis="《中华人民共和国民事诉讼法》第一百六十五条",
        ),
        Question(
            "province",
            "受理法院所在省份",
            Kind.CHOICE,
            required=False,
            help="小额诉讼的金额界限随各省上年度就业人员年平均工资变化。这里只列出已录入的省份。",
            choices=recorded(_WAGE, today),
        ),
        Question("told", "有下列情形的，请选择", Kind.CHOICES, required=False, choices=told),
        Question("agreed_summary", "双方约定适用简易程序", Kind.YES, required=False),
        Question("agreed_small_claims", "双方约定适用小额诉讼程序", Kind.YES, required=False),
    )


def _compute(asked: Asked) -> Found:
    level = CourtLevel(asked.text("level"))
    told = frozenset(asked.chosen("told"))
    case = CaseFacts(
        level=level,
        simple=_known(asked, "simple"),
        money_only=_known(asked, "money_only"),
        amount=asked.money("amount"),
        agreed_summary=asked.yes("agreed_summary"),
        agreed_small_claims=asked.yes("agreed_small_claims"),
        told=told,
    )
    choice = choose(case, on=asked.today, province=asked.text("province"))
    if not choice.value:
        return Found(choice, None, None)
    clear = case.simple is True
    try:
        tribunal = first_instance_tribunal(
            choice.value, level=level, on=asked.today, told=told, clear=clear
        )
    except LawError as error:
        if error.code != "procedure.sole-barred":
            raise
        barred = Step("审判组织", error.reason.rstrip("。"), LABELS[ORDINARY], error.basis)
        tribunal = first_instance_tribunal(
            ORDINARY, level=level, on=asked.today, told=told, clear=clear
        )
        return Found(choice, tribunal, barred)
    return Found(choice, tribunal, None)


def _known(asked: Asked, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(asked.text(name))


def _word(asked: Asked, found: Found) -> Answer:
    choice, tribunal = found.choice, found.tribunal
    value = ORDINARY if found.barred is not None else choice.value
    extra = () if found.barred is None else (found.barred,)
    return Answer(
        label="适用的程序",
        text=LABELS.get(value, choice.label),
        value=value or _UNDECIDED,
        note="".join(_notes(found)),
        steps=(*choice.steps, *extra, *(tribunal.steps if tribunal is not None else ())),
        doubts=doubts(_rules(asked, choice)),
    )


def _notes(found: Found) -> Iterator[str]:
    if found.tribunal is not None:
        yield f"审判组织：{found.tribunal.label}。"
    if found.choice.by_agreement and found.barred is None:
        names = "、".join(LABELS[name] for name in found.choice.by_agreement)
        yield f"双方约定的，可以适用{names}。"
    if found.choice.missing:
        yield "补充所缺的事实以后，可以再次判断；由人民法院决定。"


def _rules(asked: Asked, choice: ProcedureChoice) -> list[Parameter]:
    """Return the wage, where the answer rests on it."""
    by_amount = any(step.label == "标的额" for step in choice.steps)
    province = asked.text("province")
    return (
        [parameters.parameter("provinces", _WAGE, asked.today, scope=province)] if by_amount else []
    )


PROCEDURE = Calculator(
    code="procedure",
    title="审判程序判断",
    helps="看一看案件可能适用小额诉讼、简易程序还是普通程序，由谁来审理。",
    icon="gavel",
    act="判断审判程序",
    questions=_questions,
    compute=_compute,
    word=_word,
    columns=("方面", "情形", "结论", "依据"),
    steps_title="判断过程",
    arguments=("level", "amount"),
    blames=(
        ("procedure.wage", "province"),
        ("procedure.negative", "amount"),
        ("procedure.fact", "told"),
    ),
    example=(
        ("level", "basic"),
        ("amount", "40000"),
        ("simple", "yes"),
        ("money_only", "yes"),
        ("province", "示"),
    ),
)
