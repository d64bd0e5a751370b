"""Seal a message of ours anew: for a peer that cannot open or check the envelope it has."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._interventions import intervened
from xiezhi.exchange.actions._move import move_out
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import OutcomeKnown
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import OperatorAct
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require


@transaction.atomic
def reseal(*, message_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Put a message back before sealing: a new envelope, with today's keys, under the same id.

    Refuses: ``NotFound``, ``Forbidden``, ``MoveRefused`` for a message that waits to be sealed
    anyway, ``OutcomeKnown`` for one that the peer has settled.
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
    if row.outcome in {Outcome.APPLIED, Outcome.REFUSED}:
        raise OutcomeKnown
    move_out(row, "reseal", actor=actor, due_at=None)
    intervened(
        OperatorAct.RESEAL, peer=row.dst, subject_id=row.id, reason=reason, actor=actor, at=at
    )
    wake_relay()
