"""What can happen to a trial limit, and the history these events make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from xiezhi.law import titles
from xiezhi.law.errors import LawError

BASIS = f"{titles.TRIAL_LIMITS}第八条"


@dataclass(frozen=True, slots=True)
class Filed:
    """The case was filed (立案) under a procedure; the limit runs from the next day."""

    day: date
    procedure: str


@dataclass(frozen=True, slots=True)
class Converted:
    """The procedure was changed (转换程序) by a ruling of that day."""

    day: date
    to: str


@dataclass(frozen=True, slots=True)
class Extended:
    """An extension (延长) was approved on that day; its length follows from the procedure."""

    day: date


@dataclass(frozen=True, slots=True)
class Excluded:
    """A span that does not count (不计入审限): the start day counts, the end day does not.

    ``end`` is ``None`` while the span is open.
    """

    ground: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Concluded:
    """The case was concluded (结案) on that day."""

    day: date


T = TypeVar("T", Converted, Extended)
Event = Filed | Converted | Extended | Excluded | Concluded


@dataclass(frozen=True, slots=True)
class History:
    """Events sorted into their kinds; the same whatever order they came in."""

    filed: Filed
    conversions: tuple[Converted, ...]
    extensions: tuple[Extended, ...]
    exclusions: tuple[Excluded, ...]
    concluded: date | None


def history(events: Iterable[Event]) -> History:
    """Sort events into a history; an event told twice counts once.

    Basis: 审理期限规定第八条、第十条。
    Refuses: ``LawError`` without exactly one filing, with two conclusions, with an event
    before the filing or after the conclusion, or a span that ends before it starts.
    """
    told = set(events)
    filings = [event for event in told if isinstance(event, Filed)]
    if len(filings) != 1:
        raise LawError("审限应当有且只有一个立案日。", code="trial.filing", basis=BASIS)
    filed = filings[0]
    ends = {event.day for event in told if isinstance(event, Concluded)}
    if len(ends) > 1:
        raise LawError(
            "同一案件有两个结案日。", code="trial.conclusions", basis=f"{titles.TRIAL_LIMITS}第十条"
        )
    found = History(
        filed=filed,
        conversions=_by_day(event for event in told if isinstance(event, Converted)),
        extensions=_by_day(event for event in told if isinstance(event, Extended)),
        exclusions=tuple(sorted((e for e in told if isinstance(e, Excluded)), key=_span_order)),
        concluded=next(iter(ends), None),
    )
    _check_days(found)
    return found


def _by_day(events: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(events, key=lambda event: event.day))


def _span_order(event: Excluded) -> tuple[date, date, str]:
    return (event.start, event.end or date.max, event.ground)


def _check_days(found: History) -> None:
    days = [event.day for event in found.conversions]
    days += [event.day for event in found.extensions]
    if found.concluded is not None:
        days.append(found.concluded)
    if any(day < found.filed.day for day in days):
        raise LawError(
            "转换程序、延长审限和结案不会早于立案。", code="trial.before-filing", basis=BASIS
        )
    days = days[:-1] if found.concluded is not None else days
    days += [event.start for event in found.exclusions]
    if found.concluded is not None and any(day > found.concluded for day in days):
        raise LawError(
            "结案后不会再转换程序、延长或者扣除审限。",
            code="trial.after-conclusion",
            basis=f"{titles.TRIAL_LIMITS}第十条",
        )
    if len({event.day for event in found.conversions}) < len(found.conversions):
        raise LawError("同一天不会两次转换程序。", code="trial.conversions", basis=BASIS)
    if any(event.end is not None and event.end < event.start for event in found.exclusions):
        raise LawError(
            "扣除期间的结束早于开始。", code="trial.span", basis=f"{titles.TRIAL_LIMITS}第九条"
        )
