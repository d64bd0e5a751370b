"""Have a held message tried again now, by an operator's word."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._interventions import intervened
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import InboxMessage
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import NotHeld
from xiezhi.exchange.states import InboxState, OperatorAct
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require


@transaction.atomic
def retry_now(*, message_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Let the time of the next try be now; the receiver tries within seconds, as the system.

    What the message still lacks holds it again. Refuses: ``NotFound``, ``Forbidden``, ``NotHeld``.
    """
    row = (
        InboxMessage.objects.select_for_update(no_key=True)
        .filter(pk=message_id)
        .defer("envelope")
        .first()
    )
    if row is None:
        raise NotFound
    require(GRANTS, May.MEND, actor, row)
    if row.state != InboxState.HELD:
        raise NotHeld
    row.retry_at = at
    row.save(update_fields=["retry_at"])
    intervened(
        OperatorAct.RETRY, peer=row.src, subject_id=row.id, reason=reason, actor=actor, at=at
    )
