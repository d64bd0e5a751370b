"""案号: what each part of a case number says."""

from __future__ import annotations

from datetime import date

from xiezhi.law import case_number, numerals, parameters
from xiezhi.law.case_number import CaseNumber, codes
from xiezhi.law.parameters import Parameter
from xiezhi.law.results import Step
from xiezhi.service.calculators import provinces
from xiezhi.service.calculators.answers import Answer, doubts
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.questions import Question
from xiezhi.service.calculators.reading import Asked

_RULES = codes.RULES
_SUFFIX_NOTICE = "关于在同一案件多个裁判文书上规范使用案号有关事项的通知"


def _questions(today: date) -> tuple[Question, ...]:
    del today
    return (
        Question(
            "text",
            "案号",
            help="按文书上的写法填写，括号用全角、半角都可以。",
            placeholder="（2026）示0102民初1号",
        ),
    )


def _compute(asked: Asked) -> CaseNumber:
    return case_number.parse(asked.text("text"), on=asked.today)


def _word(asked: Asked, found: CaseNumber) -> Answer:
    kind = found.type_name or "未列入类型代字表的案件"
    group = codes.type_class(found.type_code)
    steps = [
        Step(
            "收案年度", f"（{found.year}）", f"人民法院在{found.year}年收到本案", f"{_RULES}第二条"
        ),
        Step("法院代字", found.court_code, _court(found, asked.today), f"{_RULES}第四条至第六条"),
        Step(
            "类型代字",
            found.type_code,
            f"{kind}，属{group}案件" if group else kind,
            f"{_RULES}第七条及配套标准",
        ),
        Step("案件编号", f"{found.serial}号", _serial(found), f"{_RULES}第十条"),
    ]
    if found.suffix:
        nth = numerals.to_int(found.suffix[1:]) + 1
        words = f"本案同一种裁判文书的第{numerals.from_int(nth)}份"
        steps.append(Step("后缀", found.suffix, words, _SUFFIX_NOTICE))
    return Answer(
        label="规范写法",
        text=str(found),
        value=str(found),
        note=f"{found.level.label}　{kind}",
        steps=tuple(steps),
        doubts=doubts(_rules(found), found.warnings),
    )


def _court(found: CaseNumber, today: date) -> str:
    special = codes.special_court(found.court_code)
    level = found.level.label
    name = provinces.names(today).get(found.court_code[:1], "")
    parts = [part for part in (name, level, special) if part]
    return "，".join(dict.fromkeys(parts))


def _serial(found: CaseNumber) -> str:
    if found.type_code in codes.types_in("random-eight-digits"):
        return "随机产生的八位编号"
    return f"该院当年同类案件的第{found.serial}件"


def _rules(found: CaseNumber) -> list[Parameter]:
    """Return the tables this number was read with: its type code's, and the invented courts'."""
    used = [
        versions[0]
        for (name, _), versions in parameters.table("case_numbers").items()
        if name == "types" and found.type_code in versions[0].value
    ]
    if found.is_demonstration:
        year = date(found.year, 1, 1)
        used.append(parameters.parameter("case_numbers", "demonstration-provinces", year))
    return used


CASE_NUMBER = Calculator(
    code="case-number",
    title="案号解读",
    helps="拿到法院的文书，看懂案号里的年度、法院、案件类型和编号。",
    icon="hash",
    act="解读案号",
    questions=_questions,
    compute=_compute,
    word=_word,
    columns=("部分", "写法", "含义", "依据"),
    steps_title="逐项说明",
    arguments=("text",),
    shareable=False,  # a case number leads to the people of the case
    example=(("text", "（2026）示0102民初1号"),),
)
