"""Prove the password: the first step of the login."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.http import HttpRequest

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.identity.login import throttle
from xiezhi.identity.operators.actions._record import record
from xiezhi.identity.operators.models import Operator
from xiezhi.identity.operators.proofs import Proof
from xiezhi.identity.operators.sessions import begin_halfway

DOORKEEPER: Final = Actor.system("operators.log-in")
COUNTED_AS: Final = "operator:"


@transaction.atomic
def prove_password(
    *, request: HttpRequest, login_name: str, password: str, actor: Actor, at: datetime
) -> Proof:
    """Check the password; if it is right, the code may be given within five minutes.

    Returns instead of refusing: a failed attempt must be counted, and a refusal would roll the
    count back. An unknown name costs as much time as a wrong password.
    """
    counted = COUNTED_AS + login_name
    with acting(DOORKEEPER):
        operator = Operator.objects.filter(login_name=login_name).first()
        locked = throttle.locked(request, counted)
        if locked or not _right(operator, password) or operator is None:
            known = operator.pk if operator else uuid7()
            record("operator.login_failed", operator_id=known, actor=actor, at=at)
            locked = locked or throttle.failed(request, counted)
            return Proof.LOCKED if locked else Proof.WRONG
        throttle.passed(request, counted)
        begin_halfway(request, operator, at)
    return Proof.PASSED


def _right(operator: Operator | None, password: str) -> bool:
    if operator is None:
        Operator().set_password(password)
        return False
    return operator.check_password(password) and operator.is_active
