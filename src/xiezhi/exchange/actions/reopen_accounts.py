"""Have days compared again that were closed, because one of the sites was restored since."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from xiezhi.exchange.actions._move import move_account
from xiezhi.exchange.models import Reconciliation
from xiezhi.exchange.states import AccountState, Direction
from xiezhi.foundation.actors import Actor


@transaction.atomic
def reopen_accounts(*, peer: str, since: date, at: datetime, actor: Actor) -> int:
    """Open every closed day from ``since`` on, in both directions; return how many.

    Accounts of what we sent are drawn again at once; those of what the peer sent wait for the
    peer's. Idempotent.
    """
    closed = Q(state__in=(AccountState.AGREED, AccountState.EXPLAINED))
    days = Reconciliation.objects.select_for_update(no_key=True).filter(
        closed, peer=peer, day__gte=since
    )
    rows = list(days.order_by("id"))
    for row in rows:
        due_at = at if row.direction == Direction.OUT else None
        move_account(row, "wait", actor=actor, due_at=due_at, drilled="")
    return len(rows)
