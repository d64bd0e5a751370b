"""Send a message of ours again now, without waiting for its time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._interventions import intervened
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import NothingToSendAgain
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import OperatorAct
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require


@transaction.atomic
def replay(*, message_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Let the time of the next repetition be now; the relay sends the same envelope again.

    The peer knows a message by its id, so nothing happens twice. Refuses: ``NotFound``,
    ``Forbidden``, ``NothingToSendAgain`` for a message that has not left or is settled.
    """
    row = (
        OutboxMessage.objects.select_for_update(no_key=True)
        .filter(pk=message_id)
        .defer("body", "envelope")
        .first()
    )
    if row is None:
        raise NotFound
    require(GRANTS, May.MEND, actor, row)
    if row.due_at is None:
        raise NothingToSendAgain
    row.due_at = at
    row.save(update_fields=["due_at"])
    intervened(
        OperatorAct.REPLAY, peer=row.dst, subject_id=row.id, reason=reason, actor=actor, at=at
    )
    wake_relay()
