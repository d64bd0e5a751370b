"""Take a peer's word on our account of one day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.exchange.actions._accounts import compare, lock_day
from xiezhi.exchange.envelope.account import AccountWordHeader
from xiezhi.exchange.models import Reconciliation
from xiezhi.exchange.states import Direction
from xiezhi.foundation.actors import Actor


@transaction.atomic
def take_account_word(
    *, header: AccountWordHeader, data: bytes, at: datetime, actor: Actor
) -> None:
    """Compare a checked word with the account that it answers.

    A word on an account that was followed by a newer one, or on none of ours, says nothing.
    """
    del data
    asked = Reconciliation.objects.filter(
        peer=header.src, direction=Direction.OUT, day=header.day, account_id=header.account
    )
    if not asked.exists():
        return
    day = lock_day(header.src, Direction.OUT, header.day)
    if day.account_id == header.account:
        compare(day, header, open_count=day.open_count, at=at, actor=actor)
