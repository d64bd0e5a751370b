"""身份证号码: whether it can be right, and how it may be shown; nothing of it is kept."""

from __future__ import annotations

from datetime import date

from xiezhi.law import parameters
from xiezhi.law.identity import ResidentId, check_resident_id
from xiezhi.law.identity.resident import BASIS
from xiezhi.law.results import Step
from xiezhi.service.calculators.answers import Answer, doubts
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.questions import Kind, Question
from xiezhi.service.calculators.reading import Asked

_PROTECTION = "个人信息保护法第28条、第51条"


def _questions(today: date) -> tuple[Question, ...]:
    del today
    return (
        Question(
            "number",
            "身份证号码",
            Kind.ID_NUMBER,
            help="号码只用于这一次核对，不保存，不进入网址，也不写入日志。",
            basis=_PROTECTION,
            max_length=40,
            confidential=True,
        ),
    )


def _compute(asked: Asked) -> ResidentId:
    return check_resident_id(asked.text("number"), on=asked.today)


def _word(asked: Asked, found: ResidentId) -> Answer:
    mask = parameters.parameter("identity", "mask", asked.today, scope="resident-id")
    steps = (
        Step("位数", "应为18位，旧证15位", f"{len(found.number)}位，正确", BASIS),
        Step("出生日期", "第7位起的年月日应当存在，且不晚于今天", "正确", BASIS),
        Step("校验码", "由前17位按国家标准算出最后一位", _check(found), BASIS),
        Step("可以显示的写法", "隐去出生日期和顺序码", found.masked, _PROTECTION),
    )
    return Answer(
        label="核对结果",
        text="号码写法正确",
        value="valid",
        note="写法正确不等于证件真实有效；真实性以实名核验和证件原件为准。",
        steps=steps,
        doubts=doubts([mask], found.warnings),
    )


def _check(found: ResidentId) -> str:
    return "正确" if found.number == found.canonical else "15位号码没有校验码"


ID = Calculator(
    code="id",
    title="身份证号码核对",
    helps="填写诉状之前，核对身份证号码有没有写错，并看隐去后的写法。",
    icon="id",
    act="核对号码",
    questions=_questions,
    compute=_compute,
    word=_word,
    columns=("项目", "方法", "结果", "依据"),
    steps_title="核对过程",
    shareable=False,
    personal=True,
)
