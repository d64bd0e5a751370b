"""Whether an act was in time: posting dates, outages of the platform, obstacles (逾期、顺延)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from xiezhi.law import calendar, dates, titles
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import parameter
from xiezhi.law.periods import COUNTING, PeriodResult
from xiezhi.law.results import Caution, Step

MIDNIGHT = f"{titles.CIVIL_CODE}第二百零三条"
FIXED = f"{titles.CIVIL_INTERPRETATION}第一百二十七条"
OBSTACLE = f"{titles.CIVIL_PROCEDURE}第八十六条"


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Whether an act was in time, and which date decided."""

    value: bool
    decisive: datetime
    steps: tuple[Step, ...]
    basis: str


def in_time(
    period: PeriodResult, *, received: datetime | None = None, posted: date | None = None
) -> Timeliness:
    """Tell whether an act kept a period.

    Basis: 民事诉讼法第八十五条（期满前交邮的不算过期）；民法典第二百零三条（截止24时）。
    Units: ``received`` is the instant an online platform took the act; ``posted`` the date
    of the postmark, which decides alone when it is given.
    Refuses: ``LawError`` without either date.
    """
    if posted is not None:
        posted = dates.day_of(posted)
        late = posted > period.end
        moment = dates.midnight_after(posted) - timedelta(seconds=1)
        step = Step("交邮日", "以邮戳日期为准，不含在途时间", posted, COUNTING)
        return Timeliness(not late, moment, (*period.steps, step), COUNTING)
    if received is None:
        raise LawError("需要交邮日期或者系统接收时间。", code="period.no-date", basis=COUNTING)
    moment = dates.instant_of(received)
    step = Step("系统接收时间", f"末日24时前有效，末日为{period.end.isoformat()}", moment, MIDNIGHT)
    return Timeliness(moment < period.end_at, moment, (*period.steps, step), MIDNIGHT)


def extend_for_outages(
    period: PeriodResult, outages: Sequence[tuple[datetime, datetime]]
) -> PeriodResult:
    """Move the end when the platform could not be used on the last day.

    Basis: 民事诉讼法第八十六条；达到多少分钟才顺延为约定，见 data/periods.toml。
    Shape: spans from failure to recovery, in any order, overlapping or not.
    A fixed period (不变期间) is not moved; the answer says so.
    Refuses: ``LawError`` for a span that ends before it begins.
    """
    spans = sorted((dates.instant_of(start), dates.instant_of(end)) for start, end in outages)
    if any(end < start for start, end in spans):
        raise LawError("故障的结束早于开始。", code="period.outage", basis=OBSTACLE)
    entry = parameter("periods", "outage", period.start)
    least = timedelta(minutes=entry.value["minutes"])
    if period.fixed:
        return period if _blocked(period, spans, least) is None else _not_moved(period)
    moved = period
    while (recovered := _blocked(moved, spans, least)) is not None:
        end = max(
            calendar.next_working_day(recovered.date()),
            calendar.next_working_day(moved.end + timedelta(days=1)),
        )
        why = f"末日平台不能使用累计达到{entry.value['minutes']}分钟，顺延至恢复后的第一个工作日"
        caution = Caution("period.outage", f"{why}（约定）。", entry.source)
        moved = replace(
            moved,
            end=end,
            end_at=dates.midnight_after(end),
            steps=(*moved.steps, Step("故障顺延", why, end, OBSTACLE)),
            cautions=(*(c for c in moved.cautions if c.code != caution.code), caution),
        )
    return moved


def _not_moved(period: PeriodResult) -> PeriodResult:
    text = f"{period.label}是不变期间，末日平台不能使用也不顺延；可以在届满前交邮，或者向法院说明。"
    return replace(period, cautions=(*period.cautions, Caution("period.outage-fixed", text, FIXED)))


def _blocked(
    period: PeriodResult, spans: Sequence[tuple[datetime, datetime]], least: timedelta
) -> datetime | None:
    """Return when the platform came back if the last day was blocked for long enough."""
    closing = period.end_at
    opening = closing - timedelta(days=1)
    total = timedelta(0)
    reach = opening
    recovered = opening
    for start, end in spans:
        inside, until = max(start, reach), min(end, closing)
        if inside < until:
            total += until - inside
            reach = until
            recovered = max(recovered, end)
    return recovered if total >= least else None
