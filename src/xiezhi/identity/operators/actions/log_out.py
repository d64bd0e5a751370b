"""Log out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest

from xiezhi.foundation.actors import Actor
from xiezhi.identity.operators.actions._record import record


@transaction.atomic
def log_out(*, request: HttpRequest, actor: Actor, at: datetime) -> None:
    """End the session; its data are removed. Idempotent."""
    if actor.account_id is not None:
        record("operator.logged_out", operator_id=actor.account_id, actor=actor, at=at)
    request.session.flush()
