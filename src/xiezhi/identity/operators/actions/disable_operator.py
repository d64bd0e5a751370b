"""Disable an operator."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.foundation.actors import Actor
from xiezhi.identity.operators.actions._issue import only_the_system
from xiezhi.identity.operators.actions._record import record
from xiezhi.identity.operators.queries import operator_to_change


@transaction.atomic
def disable_operator(*, login_name: str, actor: Actor, at: datetime) -> None:
    """Close the account; its sessions end with their next request. Idempotent.

    Refuses: ``Forbidden`` to all but the system; ``UnknownOperator``.
    """
    only_the_system(actor, "operators.disable")
    operator = operator_to_change(actor, login_name)
    if not operator.is_active:
        return
    operator.is_active = False
    operator.save(update_fields=["is_active"])
    record("operator.disabled", operator_id=operator.pk, actor=actor, at=at)
