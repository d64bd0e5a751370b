"""Take an alarm in hand, so that others see that somebody works on it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._interventions import intervened
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Alarm
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import AlarmOver
from xiezhi.exchange.states import OperatorAct
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require


@transaction.atomic
def acknowledge_alarm(*, alarm_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Put one's name to an open alarm; it stays open until its cause is gone.

    Refuses: ``NotFound``, ``Forbidden``, ``AlarmOver``.
    """
    row = Alarm.objects.select_for_update(no_key=True).filter(pk=alarm_id).first()
    if row is None:
        raise NotFound
    require(GRANTS, May.MEND, actor, row)
    if row.cleared_at is not None or row.acknowledged_at is not None:
        raise AlarmOver
    row.acknowledged_at = at
    row.acknowledged_by = actor.post_id or actor.account_id
    row.acknowledged_name = actor.name[:60]
    row.save(update_fields=["acknowledged_at", "acknowledged_by", "acknowledged_name"])
    intervened(
        OperatorAct.ACKNOWLEDGE, peer=row.peer, subject_id=row.id, reason=reason, actor=actor, at=at
    )
