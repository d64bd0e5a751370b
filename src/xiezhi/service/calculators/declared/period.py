"""期间: the last day of a time limit, and how days of rest move it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from xiezhi.law import LawError, calendar, dates, parameters, periods
from xiezhi.law.parameters import Parameter, Status
from xiezhi.law.periods import UNIT_NAMES, PeriodResult, PeriodRule
from xiezhi.law.results import format_date
from xiezhi.service.calculators.answers import Answer, Day, doubts
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.questions import Choice, Kind, Question
from xiezhi.service.calculators.reading import Asked

_WHO = {"party": "当事人", "court": "人民法院"}
_SHOWN_BEFORE = timedelta(days=2)  # of the calendar line, not of any law


def _questions(today: date) -> tuple[Question, ...]:
    return (
        Question("kind", "期间的种类", Kind.CHOICE, choices=_kinds(today)),
        Question(
            "start",
            "开始的日期",
            Kind.DATE,
            help="填写收到、送达等事件发生的日期。开始的日不计算在内，从第二日起算。",
            basis="《中华人民共和国民事诉讼法》第八十五条",
        ),
        Question(
            "time",
            "开始的时刻",
            Kind.TIME,
            required=False,
            placeholder="09:30",
            help="只有以小时计算的期间需要填写，按24小时制。",
        ),
        Question(
            "length",
            "人民法院指定的长度",
            Kind.NUMBER,
            required=False,
            max_length=6,
            help="法律只规定最短或者最长、由人民法院具体指定的期间，填写指定的数字；其他期间不填。",
        ),
        Question(
            "in_custody",
            "当事人在押",
            Kind.YES,
            required=False,
            help="只适用于刑事案件：在押期间至期满之日为止，不因节假日延长。",
            basis="《中华人民共和国刑事诉讼法》第一百零五条",
        ),
    )


def _kinds(today: date) -> tuple[Choice, ...]:
    found = [(kind, _rule(kind, today)) for kind in periods.kinds()]
    order = {"party": 0, "court": 1}
    known = sorted(
        ((kind, rule) for kind, rule in found if rule is not None),
        key=lambda pair: order[pair[1].who],
    )
    return tuple(Choice(kind, _label(rule)) for kind, rule in known)


def _rule(kind: str, today: date) -> PeriodRule | None:
    try:
        return periods.rule(kind, today)
    except LawError:
        return None


def _label(rule: PeriodRule) -> str:
    side = "前" if rule.before else "起"
    moment = "时" if rule.unit == "hour" else "日"
    span = f"{rule.start}之{moment}{side}{rule.length}{UNIT_NAMES[rule.unit]}"
    return f"{_WHO[rule.who]}｜{rule.label}：{span}" if rule.length else (
        f"{_WHO[rule.who]}｜{rule.label}"
    )  # fmt: skip


def _compute(asked: Asked) -> PeriodResult:
    day = asked.day("start")
    if day is None:  # a required question is never empty here
        raise LawError("还没有填写开始的日期。", code="input.missing")
    clock = asked.time("time")
    start = datetime.combine(day, clock, dates.SHANGHAI) if clock is not None else day
    kind, length = asked.text("kind"), asked.number("length")
    _refuse_another_length(periods.rule(kind, day), length)
    return periods.end_of(
        kind, start, length=length, in_custody=asked.yes("in_custody"), allow_unpublished=True
    )


def _refuse_another_length(rule: PeriodRule, length: int | None) -> None:
    """Refuse to count a statutory period by another number than the law's.

    Basis: 民事诉讼法第八十五条第一款（期间包括法定期间和人民法院指定的期间）。
    """
    designated = rule.bound != "exact" or rule.status == Status.CONVENTION
    if length not in {None, rule.length} and not designated:
        raise LawError(
            f"{rule.label}由法律规定为{rule.length}{UNIT_NAMES[rule.unit]}，不由人民法院另行指定。",
            code="period.statutory",
            basis=rule.basis,
            remedy="请不要填写这一项。",
        )


def _word(asked: Asked, found: PeriodResult) -> Answer:
    hours = found.unit == "hour"
    last = f"{format_date(found.end)}{found.end_at:%H:%M}" if hours else format_date(found.end)
    rule = periods.rule(found.kind, found.start)
    label = "届满之时" if hours else "最晚之日" if rule.before else "最后一日"
    rolls = rule.rollover and not asked.yes("in_custody")
    return Answer(
        label=label,
        text=last,
        value=found.end_at if hours else found.end,
        note="" if hours else _note(found, before=rule.before),
        steps=found.steps,
        days=() if hours else _days(found, label),
        doubts=doubts(_rules(found, rolls=rolls), found.cautions),
    )


def _note(found: PeriodResult, *, before: bool) -> str:
    if before:
        return f"至迟应当在{format_date(found.end)}办理。"
    tail = "期满之日是法定休假日，已顺延至休假日后的第一日。" if found.rolled else ""
    return f"在{format_date(found.end)}24时以前办理，没有超过期间。{tail}"


def _days(found: PeriodResult, label: str) -> tuple[Day, ...]:
    """Return the days around the end, as far as their years are recorded."""
    first = found.nominal_end - _SHOWN_BEFORE
    if first < found.start <= found.nominal_end:
        first = found.start
    length = (found.end - first).days + 2
    days = [first + timedelta(days=number) for number in range(length)]
    known = calendar.known_years()
    return tuple(
        Day(day, calendar.is_holiday(day), calendar.describe(day), _mark(found, day, label))
        for day in days
        if day.year in known
    )


def _mark(found: PeriodResult, day: date, label: str) -> str:
    if day == found.end:
        return label
    if day == found.nominal_end:
        return "数到之日"
    return "开始的日" if day == found.start else ""


def _rules(found: PeriodResult, *, rolls: bool) -> list[Parameter]:
    """Return the period's own rule, and the years of holidays in which its days were judged."""
    own = parameters.parameter("periods", found.kind, found.start)
    # A length that the court has set rests on the court, not on the recorded number.
    rules = [own] if found.length == own.value["length"] else []
    counted = found.unit == "working_day"
    if found.certain and (rolls or counted) and found.unit != "hour":
        first = found.start if counted else found.nominal_end
        rules += [
            parameters.parameter("holidays", "holidays", date(year, 1, 1), scope=str(year))
            for year in range(first.year, found.end.year + 1)
        ]
    return rules


PERIOD = Calculator(
    code="period",
    title="期间计算",
    helps="上诉、答辩、举证、申请再审等期限，算一算最后一日是哪一天。",
    icon="calendar",
    act="计算最后一日",
    questions=_questions,
    compute=_compute,
    word=_word,
    arguments=("kind", "start"),
    blames=(
        ("period.needs-instant", "time"),
        ("period.too", "length"),
        ("period.statutory", "length"),
        ("period.negative", "length"),
        ("period.custody", "in_custody"),
        ("period.unknown", "kind"),
        ("", "start"),
    ),
    example=(("kind", "appeal-judgment"), ("start", "2026-02-06")),
)
