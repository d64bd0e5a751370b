"""Draw the accounts of days that have ended: what we sent to a peer, as roots to be compared."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Max

from xiezhi.exchange.daybook import account_of, hours_as_json
from xiezhi.exchange.days import day_before, day_of, end_of
from xiezhi.exchange.limits import account_after, account_again_after, account_patience
from xiezhi.exchange.models import OutboxConversation, OutboxMessage, Reconciliation
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import Direction
from xiezhi.foundation.ids import uuid7

AT_ONCE: Final = 16
# The account of a day is complete when nobody can add to it any more: a message takes its id in
# the act's transaction, so no transaction may be open that began before the day's end.
_OLDER: Final = """
SELECT EXISTS (SELECT FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < %s)
"""


@transaction.atomic
def draw_accounts(*, peer: str, at: datetime, limit: int = AT_ONCE) -> int:
    """Count the days that are due towards ``peer`` and have their accounts sent; return how many.

    A day is drawn once it has ended and its messages are settled, or after some hours all the
    same; then every hour until both sides agree. Days without a message are drawn too: the peer
    may hold some that we have forgotten. Rows that another relay holds are passed over.
    """
    _begin_days(peer, at)
    due = Reconciliation.objects.select_for_update(skip_locked=True, no_key=True).filter(
        peer=peer, direction=Direction.OUT, due_at__lte=at
    )
    rows = list(due.order_by("due_at", "day")[:limit])
    for row in rows:
        _draw(row, at)
    if any(row.statement_due for row in rows):
        wake_relay()
    return len(rows)


def _begin_days(peer: str, at: datetime) -> None:
    newest = day_before(at - account_after())
    known = Reconciliation.objects.filter(peer=peer, direction=Direction.OUT)
    last = known.aggregate(last=Max("day"))["last"]
    first = last + timedelta(days=1) if last else _first_day(peer)
    if first is None or first > newest or _anybody_older_than(end_of(newest)):
        return
    days = [first + timedelta(days=each) for each in range((newest - first).days + 1)]
    Reconciliation.objects.bulk_create(
        [Reconciliation(peer=peer, direction=Direction.OUT, day=day, due_at=at) for day in days],
        ignore_conflicts=True,
    )


def _first_day(peer: str) -> date | None:
    """Return the day of the first message ever sent to ``peer``."""
    if not OutboxConversation.objects.filter(dst=peer).exists():
        return None
    ids = OutboxMessage.objects.filter(dst=peer).order_by("id").values_list("id", flat=True)
    first = ids.first()
    return day_of(first) if first else None


def _anybody_older_than(instant: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_OLDER, [instant])
        return bool(cursor.fetchone()[0])


def _draw(row: Reconciliation, at: datetime) -> None:
    own = account_of(row.peer, Direction.OUT, row.day)
    row.own_count, row.own_root = own.count, own.root
    row.own_hours, row.open_count = hours_as_json(own.hours), own.open
    row.due_at = at + account_again_after()
    if not own.open or at >= end_of(row.day) + account_patience():
        row.account_id, row.statement_due = uuid7(), True
    row.save()
