"""Take a peer's account of what it sent on one day, and compare it with what we received."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from xiezhi.exchange.actions._accounts import compare, lock_day
from xiezhi.exchange.daybook import account_of, hours_as_json
from xiezhi.exchange.days import day_before
from xiezhi.exchange.envelope.account import AccountHeader
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import Direction
from xiezhi.foundation.actors import Actor

log = structlog.get_logger(__name__)


@transaction.atomic
def take_account(*, header: AccountHeader, data: bytes, at: datetime, actor: Actor) -> None:
    """Compare a checked account with our inbox and owe the peer our word on it.

    Idempotent: an account that comes again is answered again, an older one says nothing. One of a
    day that has not ended here says nothing yet; the peer sends it again.
    """
    del data
    if header.day > day_before(at):
        log.error("account of a day that has not ended", peer=header.src, day=str(header.day))
        return
    day = lock_day(header.src, Direction.IN, header.day)
    if day.account_id is not None and header.id < day.account_id:
        return
    day.statement_due = True
    if header.id == day.account_id:
        day.save(update_fields=["statement_due"])
    else:
        own = account_of(header.src, Direction.IN, header.day)
        day.account_id, day.own_count, day.own_root = header.id, own.count, own.root
        day.own_hours = hours_as_json(own.hours)
        compare(day, header, open_count=header.open, at=at, actor=actor)
    wake_relay()
