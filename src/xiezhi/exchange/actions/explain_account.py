"""Close a day whose accounts differ, with an operator's reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._move import move_account
from xiezhi.exchange.models import Reconciliation
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound, Refusal
from xiezhi.security.audit.actions.audit import audit


class ReasonMissing(Refusal):
    """An explanation that says nothing."""

    code = "exchange.reason-missing"
    text = "请写明两个站点的消息为什么不一致。"


@transaction.atomic
def explain_account(*, day_id: UUID, reason: str, at: datetime, actor: Actor) -> None:
    """Close the day and its findings; it stays closed until either side says something new.

    Refuses: ``NotFound``, ``Forbidden`` unless an operator, ``MoveRefused`` unless the day
    differs, ``ReasonMissing``.
    """
    day = Reconciliation.objects.select_for_update(no_key=True).filter(pk=day_id).first()
    if day is None:
        raise NotFound
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    move_account(
        day,
        "explain",
        actor=actor,
        explanation=reason,
        explained_by=actor.account_id,
        due_at=None,
        drilled=day.roots,
    )
    day.findings.filter(closed_at=None).update(closed_at=at)
    audit(
        act="exchange.explain_account",
        actor=actor,
        at=at,
        subject_kind="exchange.reconciliation",
        subject_id=day.pk,
        facts={"peer": day.peer, "day": day.day.isoformat(), "direction": day.direction},
    )
