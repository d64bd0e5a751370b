"""What every act of an operator leaves behind: a row with the reason, and an entry of the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from xiezhi.exchange.models import Intervention
from xiezhi.exchange.states import BASIS, OperatorAct
from xiezhi.foundation.actors import Actor
from xiezhi.security.audit.actions.audit import audit

_NAME_LENGTH: Final = 60


def intervened(
    act: OperatorAct, *, peer: str, subject_id: UUID, reason: str, actor: Actor, at: datetime
) -> None:
    """Record who did what to which message, envelope or alarm, and why, in the act's transaction.

    The audit keeps the fact; the reason, a person's words, is kept encrypted beside it.
    """
    row = Intervention.objects.create(
        act=act,
        peer=peer,
        subject_id=subject_id,
        reason=reason,
        by_id=actor.post_id or actor.account_id,
        by_name=actor.name[:_NAME_LENGTH],
        at=at,
    )
    audit(
        act=f"exchange.{act}",
        actor=actor,
        at=at,
        subject_kind="exchange",
        subject_id=subject_id,
        basis=BASIS,
        facts={"peer": peer, "intervention": row.id},
    )
