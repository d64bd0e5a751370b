"""Take a quarantined envelope off the list, by an operator's word."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._interventions import intervened
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Quarantined
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import AlreadyCleared
from xiezhi.exchange.states import OperatorAct
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require


@transaction.atomic
def dismiss_quarantined(*, quarantined_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Mark an envelope as looked into. It is never applied, and its first bytes are kept.

    Refuses: ``NotFound``, ``Forbidden``, ``AlreadyCleared``.
    """
    row = (
        Quarantined.objects.select_for_update(no_key=True)
        .filter(pk=quarantined_id)
        .defer("sample")
        .first()
    )
    if row is None:
        raise NotFound
    require(GRANTS, May.MEND, actor, row)
    if row.cleared_at is not None:
        raise AlreadyCleared
    row.cleared_at = at
    row.save(update_fields=["cleared_at"])
    intervened(
        OperatorAct.DISMISS, peer=row.src, subject_id=row.id, reason=reason, actor=actor, at=at
    )
