"""The messages of one day between us and a peer: counted, digested, compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from xiezhi.exchange.days import hour_floors
from xiezhi.exchange.envelope.account import Hour, day_root, hour_of
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.models import InboxMessage, OutboxMessage, Reconciliation
from xiezhi.exchange.states import Direction, FindingKind

Entry = tuple[UUID, str]

_SETTLED: Final = (Outcome.APPLIED, Outcome.REFUSED)
_CHUNK: Final = 2000


@dataclass(frozen=True, slots=True)
class DayAccount:
    """What we hold of one day; ``open`` of our own messages have not been settled yet."""

    hours: tuple[Hour, ...]
    open: int = 0

    @property
    def count(self) -> int:
        """Count the messages."""
        return sum(each.count for each in self.hours)

    @property
    def root(self) -> str:
        """Give the root over the day."""
        return day_root(self.hours)


def account_of(peer: str, direction: Direction, day: date) -> DayAccount:
    """Draw the account of one day from our tables.

    Memory stays small for any day: ids and digests stream through the trees.
    """
    floors = hour_floors(day)
    hours = (hour_of(entries(peer, direction, *bounds)) for bounds in pairwise(floors))
    drawn = tuple(hours)
    if direction == Direction.IN:
        return DayAccount(drawn)
    sent = OutboxMessage.objects.filter(dst=peer, id__gte=floors[0], id__lt=floors[-1])
    return DayAccount(drawn, sent.exclude(outcome__in=_SETTLED).count())


def entries(peer: str, direction: Direction, first: UUID, before: UUID) -> Iterator[Entry]:
    """Stream ids and content digests from ``first`` to below ``before``, in ascending order.

    A message of ours that was never sealed says nothing yet and is left out.
    """
    rows: QuerySet[OutboxMessage] | QuerySet[InboxMessage]
    if direction == Direction.OUT:
        rows = OutboxMessage.objects.filter(dst=peer)
    else:
        rows = InboxMessage.objects.filter(src=peer)
    stretch = rows.filter(id__gte=first, id__lt=before, content_digest__isnull=False)
    found = stretch.order_by("id").values_list("id", "content_digest")
    yield from ((key, content or "") for key, content in found.iterator(chunk_size=_CHUNK))


@dataclass(frozen=True, slots=True)
class Difference:
    """One message that one side lacks, or that both hold with another content."""

    message_id: UUID
    kind: FindingKind
    own: str = ""
    theirs: str = ""


def differences(own: Iterable[Entry], theirs: Iterable[Entry]) -> Iterator[Difference]:
    """Compare two ascending streams, holding one entry of each."""
    left, right = iter(own), iter(theirs)
    ours, other = next(left, None), next(right, None)
    while ours or other:
        if ours and (not other or ours[0] < other[0]):
            yield Difference(ours[0], FindingKind.MISSING_THERE, own=ours[1])
            ours = next(left, None)
        elif other and (not ours or other[0] < ours[0]):
            yield Difference(other[0], FindingKind.MISSING_HERE, theirs=other[1])
            other = next(right, None)
        elif ours and other:
            if ours[1] != other[1]:
                yield Difference(ours[0], FindingKind.DIFFERENT, ours[1], other[1])
            ours, other = next(left, None), next(right, None)


def hours_as_json(hours: Iterable[Hour]) -> list[list[object]]:
    """Write hours as a row keeps them: pairs of count and root."""
    return [[each.count, each.root] for each in hours]


def hours_that_differ(day: Reconciliation) -> list[int]:
    """Name the hours of a row in which the two sides hold other messages."""
    pairs = zip(day.own_hours, day.peer_hours, strict=True)
    return [hour for hour, (own, theirs) in enumerate(pairs) if own != theirs]
