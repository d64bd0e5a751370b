"""How far behind our messages are: for operators, for alarms, and for everybody's banner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now

from xiezhi.exchange.limits import banner_after
from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.states import OutboxState

# Each has a partial index by peer and id, so that the oldest is found at once among millions.
UNDER_WAY: Final = (OutboxState.PENDING, OutboxState.SEALED, OutboxState.SENT)


@dataclass(frozen=True, slots=True)
class Oldest:
    """The oldest message of ours of which the peer has not told that it arrived.

    ``age`` is by the database's clock. What the peer holds has arrived and is not meant.
    """

    message_id: UUID
    peer: str
    state: OutboxState
    posted_at: datetime
    age: timedelta


def oldest_under_way(peer: str) -> Oldest | None:
    """Find the oldest message towards ``peer`` that has not been acknowledged."""
    return min(_oldest([peer]), key=lambda each: each.posted_at, default=None)


def delayed_peers() -> list[str]:
    """Name the peers towards which messages are late enough to tell people; one query.

    Only the sites that everybody depends on, those of the settings: a bank that is late concerns
    the operators.
    """
    limit = banner_after()
    late = {each.peer for each in _oldest(settings.XIEZHI_PEERS) if each.age >= limit}
    return sorted(late)


def _oldest(peers: Sequence[str]) -> list[Oldest]:
    age = ExpressionWrapper(Now() - F("posted_at"), output_field=DurationField())
    firsts = [
        OutboxMessage.objects.filter(dst=peer, state=state)
        .order_by("id")
        .annotate(age=age)
        .values_list("id", "dst", "state", "posted_at", "age")[:1]
        for peer in peers
        for state in UNDER_WAY
    ]
    if not firsts:
        return []
    rows = firsts[0].union(*firsts[1:], all=True)
    return [Oldest(*row[:2], OutboxState(row[2]), *row[3:]) for row in rows]
