"""Have days compared again to which messages of ours came late, or of which a site lost some."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from xiezhi.exchange.actions._move import move_account
from xiezhi.exchange.models import Reconciliation
from xiezhi.exchange.states import Direction
from xiezhi.foundation.actors import Actor


@transaction.atomic
def reopen_accounts(*, peer: str, days: Collection[date], at: datetime, actor: Actor) -> int:
    """Have the accounts of what we sent on ``days`` drawn again at once; return how many.

    A day whose account was never drawn is left alone: it is drawn in its turn. What the peer sent
    is compared again when the peer's account comes. Locks the rows in the order of their days.
    """
    if not days:
        return 0
    drawn = Reconciliation.objects.select_for_update(no_key=True).filter(
        peer=peer, direction=Direction.OUT, day__in=days
    )
    rows = list(drawn.order_by("day"))
    for row in rows:
        move_account(row, "wait", actor=actor, due_at=at)
    return len(rows)
