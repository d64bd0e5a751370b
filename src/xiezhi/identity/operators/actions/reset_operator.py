"""Reset an operator."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.foundation.actors import Actor
from xiezhi.identity.operators.actions._issue import Issued, issue, only_the_system
from xiezhi.identity.operators.actions._record import record
from xiezhi.identity.operators.queries import operator_to_change


@transaction.atomic
def reset_operator(*, login_name: str, actor: Actor, at: datetime) -> Issued:
    """Hand out new proofs, for an operator who lost one; a disabled account opens again.

    The old password, secret and codes are void, and so are the operator's sessions.
    Refuses: ``Forbidden`` to all but the system; ``UnknownOperator``.
    """
    only_the_system(actor, "operators.reset")
    operator = operator_to_change(actor, login_name)
    issued = issue(operator)
    record("operator.reset", operator_id=operator.pk, actor=actor, at=at)
    return issued
