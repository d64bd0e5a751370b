"""The watermark: the instant before which every act of this site is known and sent."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection

from xiezhi.exchange.limits import watermark_slack
from xiezhi.exchange.models import OutboxMessage, Peer
from xiezhi.exchange.states import OutboxState

# What another role runs shows no start here: the owner's migrations and backups record no acts.
_OLDEST_OPEN: Final = """
SELECT min(xact_start) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
"""


def watermark_towards(peer: Peer, at: datetime) -> datetime:
    """Give the instant before which no act towards ``peer`` is still to come or to be sent.

    An act bears the time at which its transaction read the clock, so nothing older than the oldest
    open transaction can still commit; a little slack covers a clock read just before the
    transaction began. The transactions are asked for first and the outbox afterwards: an act that
    commits in between is seen by one of the two. It never falls below what was pledged before,
    unless that was pledged by a clock that was ahead: then it was never true.

    Locks: none; the caller's isolation is READ COMMITTED, each statement sees anew.
    """
    with connection.cursor() as cursor:
        # The view is otherwise read once per transaction and kept.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(_OLDEST_OPEN)
        (oldest,) = cursor.fetchone()
    bound = min(at, oldest) if oldest else at
    bound -= watermark_slack()
    unsent = (
        OutboxMessage.objects.filter(
            dst=peer.site, state__in=(OutboxState.PENDING, OutboxState.SEALED), sent_at=None
        )
        .order_by("act_at")
        .values_list("act_at", flat=True)
        .first()
    )
    if unsent is not None:
        bound = min(bound, unsent)
    pledged = peer.watermark_out
    return max(bound, pledged) if pledged is not None and pledged <= at else bound
