"""Spans that do not count: capped, joined where they overlap, counted in days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xiezhi.law import titles
from xiezhi.law.errors import LawError
from xiezhi.law.results import Caution, Step, format_date
from xiezhi.law.trial_clock.events import Excluded
from xiezhi.law.trial_clock.limits import Ground, ground

RULE = f"{titles.CIVIL_INTERPRETATION}第二百四十三条；{titles.TRIAL_LIMITS}第九条"


@dataclass(frozen=True, slots=True)
class Span:
    """Days after ``start`` up to ``end`` that do not count."""

    start: date
    end: date
    labels: tuple[str, ...]
    basis: str

    @property
    def days(self) -> int:
        """Return how many days do not count: the start day does."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A due date with the spans that moved it and those that came too late."""

    due: date
    used: tuple[Span, ...]
    late: tuple[Span, ...]

    @property
    def days(self) -> int:
        """Return how many days were excluded."""
        return sum(span.days for span in self.used)

    def steps(self) -> tuple[Step, ...]:
        """Return one line for each joined span."""
        return tuple(
            Step(
                f"扣除：{'、'.join(span.labels)}",
                f"{format_date(span.start)}至{format_date(span.end)}，重叠部分只扣一次",
                f"{span.days}日",
                span.basis,
            )
            for span in self.used
        )

    def cautions(self) -> tuple[Caution, ...]:
        """Return a warning for each span that began after the limit had passed."""
        return tuple(
            Caution(
                "trial.late-exclusion",
                f"{format_date(span.start)}起的{'、'.join(span.labels)}开始时审限已经届满，没有扣除。",
                span.basis,
            )
            for span in self.late
        )


def union(
    exclusions: Sequence[Excluded], *, area: str, since: date, until: date | None
) -> tuple[Span, ...]:
    """Join the exclusions of a case into spans that do not touch.

    Basis: 民诉法解释第二百四十三条；审理期限规定第九条；重叠部分取并集。
    ``since`` is the day from which the limit runs; an open span lasts to ``until``.
    Refuses: ``LawError`` for a ground that does not exist in this kind of case.
    """
    pieces: list[tuple[date, date, Ground]] = []
    for event in exclusions:
        found = ground(event.ground, max(event.start, since))
        if area not in found.areas:
            raise LawError(
                f"“{found.label}”不是这类案件的扣除事由。",
                code="trial.ground-area",
                basis=found.basis,
            )
        end = event.end if event.end is not None else max(until or event.start, event.start)
        start, end = found.counted(event.start, end)
        if (start := max(start, since)) < end:
            pieces.append((start, end, found))
    pieces.sort(key=lambda piece: (piece[0], piece[1], piece[2].ground))
    joined: list[list[tuple[date, date, Ground]]] = []
    reach = date.min
    for piece in pieces:
        if joined and piece[0] <= reach:
            joined[-1].append(piece)
        else:
            joined.append([piece])
        reach = max(reach, piece[1])
    return tuple(_span(group) for group in joined)


def reckon(last: date, spans: Sequence[Span]) -> Reckoning:
    """Move a last day by the spans that began before it passed.

    Basis: 审理期限规定第九条；届满后开始的期间不再扣除。
    """
    used: list[Span] = []
    due = last
    for index, span in enumerate(spans):
        if span.start >= due:
            return Reckoning(due, tuple(used), tuple(spans[index:]))
        used.append(span)
        due += timedelta(days=span.days)
    return Reckoning(due, tuple(used), ())


def _span(group: Sequence[tuple[date, date, Ground]]) -> Span:
    grounds = dict.fromkeys(piece[2] for piece in group)
    sources = dict.fromkeys(part for found in grounds for part in found.basis.split("；"))
    return Span(
        start=group[0][0],
        end=max(piece[1] for piece in group),
        labels=tuple(found.label for found in grounds),
        basis="；".join(sources),
    )
