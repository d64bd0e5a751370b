"""The clock itself: limit, extensions and exclusions of one case, explained line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from xiezhi.law import calendar, titles
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import derived, parameter
from xiezhi.law.results import Caution, Step, format_date
from xiezhi.law.trial_clock.events import Event, Extended, History, history
from xiezhi.law.trial_clock.limits import FILE, Limit, conversion_counts_from, limit
from xiezhi.law.trial_clock.spans import Reckoning, reckon, union

START = f"{titles.TRIAL_LIMITS}第八条"


@dataclass(frozen=True, slots=True)
class TrialClock:
    """When a case must end, and until when more time may be asked for.

    ``due`` is ``None`` where no limit applies (涉外). ``paused`` says that a span is still
    open, so that ``due`` will move further. ``alert`` is the smallest threshold reached:
    a number of days, ``-1`` when overdue, ``None`` while there is time.
    """

    procedure: str
    label: str
    filed: date
    due: date | None
    excluded_days: int
    extensions: int
    extensions_left: int
    ask_by: date | None
    decide_by: date | None
    paused: bool
    remaining: int | None
    alert: int | None
    steps: tuple[Step, ...]
    basis: str
    cautions: tuple[Caution, ...]

    @property
    def value(self) -> date | None:
        """Return the last day of the limit."""
        return self.due

    @property
    def overdue(self) -> bool:
        """Tell whether the limit had passed on the day asked about."""
        return self.remaining is not None and self.remaining < 0


@dataclass(frozen=True, slots=True)
class Stage:
    """One procedure of a case: its limit, the day it counts from, its extensions."""

    limit: Limit
    since: date
    counts_from: date
    extensions: tuple[Extended, ...]
    basis: str


def clock(events: Iterable[Event], *, as_of: date | None = None) -> TrialClock:
    """Compute the trial limit of a case from its events, in any order.

    Basis: 民事诉讼法第一百五十二条、第一百六十四条、第一百六十八条、第一百八十三条；
    民诉法解释第二百四十三条、第二百五十八条；
    审理期限规定第二条、第五条、第八条、第九条；延长审限和延期开庭规定第一条。
    Units: ``as_of`` is the day the question is asked; an open span lasts until then.
    Refuses: ``LawError`` for an impossible history, an unknown conversion or ground, one
    extension too many.
    """
    told = history(events)
    stages = _stages(told)
    last = stages[-1]
    until = told.concluded or as_of
    cautions = _lateness(told, stages, until)
    if last.limit.unlimited:
        return _unlimited(told, last, cautions)
    found = _reckon(told, last, len(last.extensions), until)
    remaining = (found.due - until).days if until is not None else None
    used = len(last.extensions)
    left = len(last.limit.extensions) - used if told.concluded is None else 0
    return TrialClock(
        procedure=last.limit.procedure,
        label=last.limit.label,
        filed=told.filed.day,
        due=found.due,
        excluded_days=found.days,
        extensions=used,
        extensions_left=left,
        ask_by=found.due - timedelta(days=last.limit.ask) if left else None,
        decide_by=found.due - timedelta(days=last.limit.decide) if left else None,
        paused=_paused(told, as_of),
        remaining=remaining,
        alert=None if told.concluded else _alert(remaining),
        steps=_steps(last, found),
        basis=last.limit.basis,
        cautions=(*cautions, *found.cautions(), *_conventions(last)),
    )


def _stages(told: History) -> tuple[Stage, ...]:
    """Follow the conversions; the extensions of a procedure that was left do not carry over."""
    day, procedure, counts, basis = told.filed.day, told.filed.procedure, told.filed.day, START
    stages: list[Stage] = []
    for index in range(len(told.conversions) + 1):
        is_last = index == len(told.conversions)
        until = date.max if is_last else told.conversions[index].day
        rule = limit(procedure, told.filed.day)
        mine = tuple(e for e in told.extensions if day <= e.day < until)
        if len(mine) > len(rule.extensions):
            raise _too_many(rule)
        stages.append(Stage(rule, day, counts, mine, basis))
        if not is_last:
            target = told.conversions[index]
            counted, basis = conversion_counts_from(procedure, target.to, told.filed.day)
            day, procedure = target.day, target.to
            counts = told.filed.day if counted == "filing" else target.day
    return tuple(stages)


def _too_many(rule: Limit) -> LawError:
    if rule.further:
        return LawError(
            f"{rule.label}{rule.further}，延长多久法律没有写明，无法推算。",
            code="trial.extension-unknown",
            basis=rule.basis,
            remedy="请按批准的期限由人工登记届满日。",
        )
    return LawError(
        f"{rule.label}的审限不得再延长。",
        code="trial.extensions",
        basis=rule.basis,
        remedy="请核对延长审限的审批记录。",
    )


def _reckon(told: History, stage: Stage, extended: int, until: date | None) -> Reckoning:
    spans = union(told.exclusions, area=stage.limit.area, since=stage.counts_from, until=until)
    found = reckon(stage.limit.last_day(stage.counts_from, extended), spans)
    if parameter(FILE, "rollover", told.filed.day).value:
        return replace(found, due=calendar.next_working_day(found.due))
    return found


def _lateness(told: History, stages: tuple[Stage, ...], until: date | None) -> tuple[Caution, ...]:
    """Warn of extensions and conversions decided after the limit had passed."""
    found: list[Caution] = []
    for stage, following in zip(stages, (*stages[1:], None), strict=True):
        if stage.limit.unlimited:
            continue
        for index, event in enumerate(stage.extensions):
            due = _reckon(told, stage, index, until).due
            if event.day > due:
                text = f"{format_date(event.day)}批准延长时，审限已于{format_date(due)}届满。"
                found.append(Caution("trial.late-extension", text, stage.limit.basis))
        if following is not None:
            due = _reckon(told, stage, len(stage.extensions), until).due
            if following.since > due:
                text = (
                    f"{format_date(following.since)}转换程序时，原审限已于{format_date(due)}届满。"
                )
                found.append(Caution("trial.late-conversion", text, following.basis))
    return tuple(found)


def _steps(stage: Stage, found: Reckoning) -> tuple[Step, ...]:
    rule = stage.limit
    own = rule.last_day(stage.counts_from, 0)
    rolls = parameter(FILE, "rollover", stage.counts_from).value
    ends = "末日遇休假日顺延" if rolls else "末日不因休假日顺延"
    steps = [
        Step(f"{rule.start}之日", "从次日起计算", stage.counts_from, stage.basis),
        Step(rule.label, f"{rule.own}后的对应日，{ends}", own, rule.basis),
    ]
    for index, event in enumerate(stage.extensions):
        more = rule.extensions[index]
        formula = f"{format_date(event.day)}经{more.by}批准延长{more}"
        steps.append(
            Step("延长审限", formula, rule.last_day(stage.counts_from, index + 1), rule.basis)
        )
    steps += found.steps()
    if found.used or rolls:
        why = f"加上扣除的{found.days}日" + ("，遇休假日顺延" if rolls else "")
        steps.append(Step("审限届满日", why, found.due, rule.basis))
    return tuple(steps)


def _unlimited(told: History, stage: Stage, cautions: tuple[Caution, ...]) -> TrialClock:
    rule = stage.limit
    step = Step(rule.label, "不受审理期限的限制", "无审限", rule.basis)
    return TrialClock(
        procedure=rule.procedure,
        label=rule.label,
        filed=told.filed.day,
        due=None,
        excluded_days=0,
        extensions=0,
        extensions_left=0,
        ask_by=None,
        decide_by=None,
        paused=False,
        remaining=None,
        alert=None,
        steps=(step,),
        basis=rule.basis,
        cautions=cautions,
    )


def _paused(told: History, as_of: date | None) -> bool:
    if told.concluded is not None:
        return False
    return any(
        event.end is None and (as_of is None or event.start <= as_of) for event in told.exclusions
    )


def _conventions(stage: Stage) -> tuple[Caution, ...]:
    """Tell a limit's note; one about the length of extensions only when there are some."""
    rule = stage.limit
    silent = rule.status == "convention" and rule.extensions and not stage.extensions
    if not rule.note or silent:
        return ()
    return (Caution("trial.convention", f"{rule.note}。", rule.basis),)


def _alert(remaining: int | None) -> int | None:
    if remaining is None:
        return None
    if remaining < 0:
        return -1
    return min((days for days in _thresholds() if remaining <= days), default=None)


@derived
def _thresholds() -> tuple[int, ...]:
    return tuple(parameter(FILE, "alerts", date.max).value)
