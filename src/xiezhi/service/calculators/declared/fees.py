"""案件受理费 and 申请费: what a case or an application costs, line by line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from xiezhi.law import money, parameters
from xiezhi.law.fees import FeeResult, acceptance, acceptance_fee, application, application_fee
from xiezhi.law.parameters import Parameter
from xiezhi.law.results import format_yuan
from xiezhi.service.calculators.answers import Answer, doubts
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.provinces import recorded
from xiezhi.service.calculators.questions import Choice, Kind, Question
from xiezhi.service.calculators.reading import Asked

_BLAMES = (
    ("fee.amount", "amount"),
    ("fee.negative", "amount"),
    ("fee.decimals", "amount"),
    ("fee.base", "base_fee"),
    ("fee.halving", "halving"),
    ("parameter.missing", "on"),
)


def _kind(label: str, kinds: dict[str, str]) -> Question:
    choices = tuple(Choice(value, words) for value, words in kinds.items())
    return Question("kind", label, Kind.CHOICE, choices=choices)


def _base(group: str, today: date) -> tuple[Question, ...]:
    return (
        Question(
            "province",
            "受理法院所在省份",
            Kind.CHOICE,
            required=False,
            help="每件交纳的数额由各省在国家规定的幅度内确定。这里只列出已录入标准的省份。",
            choices=recorded(f"{group}.", today),
        ),
        Question(
            "base_fee",
            "每件交纳的数额",
            Kind.MONEY,
            required=False,
            help="省份未列出时，请填写受理法院公布的数额。只有按件交纳的案件需要填写。",
        ),
        Question(
            "on",
            "按哪一天的规定计算",
            Kind.DATE,
            required=False,
            help="不填的，按今天的规定计算。",
        ),
    )


def _acceptance_questions(today: date) -> tuple[Question, ...]:
    halving = tuple(Choice(value, words) for value, words in acceptance.halving_reasons().items())
    return (
        _kind("案件种类", acceptance.kinds()),
        Question(
            "amount",
            "标的额",
            Kind.MONEY,
            required=False,
            help="您请求的金额；多项财产请求合并计算。上诉的，只填对一审不服的部分。不涉及财产的案件不填。",
            basis="《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百零一条；《诉讼费用交纳办法》第十七条",
        ),
        Question(
            "halving",
            "减半交纳的事由",
            Kind.CHOICES,
            required=False,
            help="有几项事由的，也只减半一次。",
            basis="《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百零六条",
            choices=halving,
        ),
        *_base("acceptance", today),
    )


def _application_questions(today: date) -> tuple[Question, ...]:
    return (
        _kind("申请事项", application.kinds()),
        Question(
            "amount",
            "申请涉及的金额",
            Kind.MONEY,
            required=False,
            help="申请执行填执行金额，申请保全填实际保全的财产数额，破产案件填破产财产总额。",
            basis="《诉讼费用交纳办法》第十四条",
        ),
        *_base("application", today),
    )


def _acceptance(asked: Asked) -> FeeResult:
    return acceptance_fee(
        asked.text("kind"),
        asked.money("amount"),
        halving=asked.chosen("halving"),
        on=asked.day("on") or asked.today,
        province=asked.text("province") or None,
        base_fee=asked.money("base_fee"),
    )


def _application(asked: Asked) -> FeeResult:
    return application_fee(
        asked.text("kind"),
        asked.money("amount"),
        on=asked.day("on") or asked.today,
        province=asked.text("province") or None,
        base_fee=asked.money("base_fee"),
    )


def _word(group: str) -> Callable[[Asked, FeeResult], Answer]:
    label = {"acceptance": "应交纳案件受理费", "application": "应交纳申请费"}[group]

    def word(asked: Asked, found: FeeResult) -> Answer:
        return Answer(
            label=label,
            text=format_yuan(found.payable),
            value=found.payable,
            note=f"大写：{money.to_capitals(found.payable)}",
            steps=found.steps,
            doubts=doubts(_rules(group, asked, found), found.cautions),
        )

    return word


def _rules(group: str, asked: Asked, found: FeeResult) -> list[Parameter]:
    rules = [parameters.parameter("fees", group, found.on, scope=found.kind)]
    rules += [
        parameters.parameter("fees", "halving", found.on, scope=reason)
        for reason in asked.chosen("halving")
    ]
    province = asked.text("province")
    name = f"{group}.{found.kind}"
    if province and parameters.has("provinces", name, found.on, scope=province):
        local = parameters.parameter("provinces", name, found.on, scope=province)
        rules += [local] if any(step.basis == local.source for step in found.steps) else []
    return rules


FEE = Calculator(
    code="fee",
    title="案件受理费计算",
    helps="起诉、反诉或者上诉之前，算一算要交多少案件受理费。",
    icon="coin-yuan",
    act="计算案件受理费",
    questions=_acceptance_questions,
    compute=_acceptance,
    word=_word("acceptance"),
    arguments=("kind", "amount"),
    blames=_BLAMES,
    example=(("kind", "property"), ("amount", "1234567.89")),
)

APPLICATION_FEE = Calculator(
    code="application-fee",
    title="申请费计算",
    helps="申请执行、保全、支付令、破产等，算一算要交多少申请费。",
    icon="receipt",
    act="计算申请费",
    questions=_application_questions,
    compute=_application,
    word=_word("application"),
    arguments=("kind", "amount"),
    blames=_BLAMES,
    example=(("kind", "preservation"), ("amount", "500000")),
)
