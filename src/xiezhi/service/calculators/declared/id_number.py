"""证件号码: whether a number can be right, and how it may be shown; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from xiezhi.law import parameters
from xiezhi.law.identity import (
    Number,
    check_bank_card,
    check_credit_code,
    check_passport,
    check_plate,
    check_resident_id,
    numbers,
    resident,
)
from xiezhi.law.results import Caution, Step
from xiezhi.service.calculators.answers import Answer, doubts
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.questions import Choice, Kind, Question
from xiezhi.service.calculators.reading import Asked

_PROTECTION = "《中华人民共和国个人信息保护法》第二十八条、第五十一条"
_RESIDENT = "resident-id"


@dataclass(frozen=True, slots=True)
class Checked:
    """A number that may be right: its kind, how it was checked, and its masked form only."""

    kind: str
    steps: tuple[Step, ...]
    masked: str
    warnings: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """How a number that is no resident number is checked, in words, and under which rule."""

    label: str
    check: Callable[[str], Number]
    method: str
    basis: str


OTHERS = {
    "credit-code": Other(
        "统一社会信用代码",
        check_credit_code,
        "18位，最后一位由前17位按国家标准算出",
        numbers.CREDIT_BASIS,
    ),
    "bank-card": Other(
        "银行卡号",
        check_bank_card,
        "16位至19位，最后一位由前面各位算出",
        numbers.CARD_BASIS,
    ),
    "passport": Other(
        "护照或者通行证号码", check_passport, "字母和数字的编排方式", numbers.PASSPORT_BASIS
    ),
    "plate": Other(
        "机动车号牌号码", check_plate, "汉字、字母和数字的编排方式", numbers.PLATE_BASIS
    ),
}


def _questions(today: date) -> tuple[Question, ...]:
    del today
    others = (Choice(kind, other.label) for kind, other in OTHERS.items())
    return (
        Question(
            "kind",
            "号码的种类",
            Kind.CHOICE,
            choices=(Choice(_RESIDENT, "身份证号码"), *others),
            default=_RESIDENT,
        ),
        Question(
            "number",
            "号码",
            Kind.ID_NUMBER,
            help="号码只用于这一次核对，不保存，不进入网址，也不写入日志。",
            basis=_PROTECTION,
            max_length=40,
            confidential=True,
        ),
    )


def _compute(asked: Asked) -> Checked:
    kind, number = asked.text("kind"), asked.text("number")
    if kind == _RESIDENT:
        return _resident(number, asked.today)
    other = OTHERS[kind]
    found = other.check(number)
    step = Step(other.label, other.method, f"正确（{found.label}）", other.basis)
    return Checked(kind, (step,), found.masked, found.warnings)


def _resident(number: str, today: date) -> Checked:
    found = check_resident_id(number, on=today)
    old = found.number != found.canonical
    steps = (
        Step("位数", "应为18位，旧证15位", f"{len(found.number)}位，正确", resident.BASIS),
        Step("出生日期", "第7位起的年月日应当存在，且不晚于今天", "正确", resident.BASIS),
        Step(
            "校验码",
            "由前17位按国家标准算出最后一位",
            "15位号码没有校验码" if old else "正确",
            resident.BASIS,
        ),
    )
    return Checked(_RESIDENT, steps, found.masked, found.warnings)


def _word(asked: Asked, found: Checked) -> Answer:
    mask = parameters.parameter("identity", "mask", asked.today, scope=found.kind)
    shown = Step("可以显示的写法", "隐去中间的部分", found.masked, _PROTECTION)
    return Answer(
        label="核对结果",
        text="号码写法正确",
        value="valid",
        note="写法正确不等于证件真实有效；真实性以实名核验和证件原件为准。",
        steps=(*found.steps, shown),
        doubts=doubts([mask], found.warnings),
    )


ID = Calculator(
    code="id",
    title="证件号码核对",
    helps="填写诉状之前，核对身份证、信用代码、银行卡等号码有没有写错，并看隐去后的写法。",
    icon="id",
    act="核对号码",
    questions=_questions,
    compute=_compute,
    word=_word,
    columns=("项目", "方法", "结果", "依据"),
    steps_title="核对过程",
    blames=(("", "number"),),
    shareable=False,
    personal=True,
)
