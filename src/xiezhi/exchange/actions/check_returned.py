"""Note that somebody has looked after an act which a restore made this site forget."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._interventions import intervened
from xiezhi.exchange.actions._record import record
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import RecoveredAct
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import AlreadyChecked
from xiezhi.exchange.states import OperatorAct
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require


@transaction.atomic
def check_returned(*, act_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Close the item of a returned act; its proof and content are kept.

    ``reason`` says what was done about it. Refuses: ``NotFound``, ``Forbidden``,
    ``AlreadyChecked``.
    """
    row = (
        RecoveredAct.objects.select_for_update(no_key=True)
        .filter(pk=act_id)
        .defer("body", "proof")
        .first()
    )
    if row is None:
        raise NotFound
    require(GRANTS, May.MEND, actor, row)
    if row.closed_at is not None:
        raise AlreadyChecked
    row.closed_at, row.closed_by, row.note = at, actor.post_id or actor.account_id, reason
    row.save(update_fields=["closed_at", "closed_by", "note"])
    record("exchange.act_closed", "act", row.id, actor=actor, at=at, facts={"peer": row.peer})
    intervened(
        OperatorAct.CHECK, peer=row.peer, subject_id=row.id, reason=reason, actor=actor, at=at
    )
