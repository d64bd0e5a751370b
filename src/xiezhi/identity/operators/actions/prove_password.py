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
        if throttle.locked(request, counted):
            return Proof.LOCKED
        operator = Operator.objects.filter(login_name=login_name).first()
        if operator is None:
            Operator().set_password(password)
        if operator is None or not operator.check_password(password) or not operator.is_active:
            known = operator.pk if operator else uuid7()
            record("operator.login_failed", operator_id=known, actor=actor, at=at)
            return Proof.LOCKED if throttle.failed(request, counted) else Proof.WRONG
        throttle.passed(request, counted)
        begin_halfway(request, operator, at)
    return Proof.PASSED
