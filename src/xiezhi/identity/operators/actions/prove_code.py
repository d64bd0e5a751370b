"""Prove the second factor: the step that begins the session."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.http import HttpRequest

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.identity.login import throttle
from xiezhi.identity.operators.actions._record import record
from xiezhi.identity.operators.models import Operator, RecoveryCode
from xiezhi.identity.operators.proofs import Proof
from xiezhi.identity.operators.second_factor import recovery_digest, step_of
from xiezhi.identity.operators.sessions import actor_for, begin, halfway_operator

DOORKEEPER: Final = Actor.system("operators.log-in")
COUNTED_AS: Final = throttle.BY_NAME_ALONE + "operator-code:"
DIGITS: Final = 6


@transaction.atomic
def prove_code(*, request: HttpRequest, code: str, actor: Actor, at: datetime) -> Proof:
    """Check the six digits, or a recovery code, and begin the session under a new key.

    Each code is taken once, however many ask with it at the same time: the operator's row is
    locked. Failures are counted by name alone, whatever address they come from; only somebody who
    has given the password can cause one. Returns instead of refusing, as the first step does.
    """
    with acting(DOORKEEPER):
        halfway = halfway_operator(request, at)
        if halfway is None:
            return Proof.LATE
        operator = Operator.objects.select_for_update().get(pk=halfway.pk)
        counted = COUNTED_AS + operator.login_name
        locked = throttle.locked(request, counted)
        proof = "" if locked else _taken(operator, code, at)
        if not proof:
            record("operator.code_failed", operator_id=operator.pk, actor=actor, at=at)
            if not locked and not throttle.failed(request, counted):
                return Proof.WRONG
            request.session.flush()
            return Proof.LOCKED
        throttle.passed(request, counted)
        begin(request, operator, at)
        holder = actor_for(operator)
        given = {"proof": proof}
        record("operator.logged_in", operator_id=operator.pk, actor=holder, at=at, facts=given)
    return Proof.PASSED


def _taken(operator: Operator, code: str, at: datetime) -> str:
    """Use the code up and say which kind it was; nothing if it is none, or was used before."""
    typed = "".join(code.split())
    if len(typed) == DIGITS and typed.isascii() and typed.isdigit():
        step = step_of(operator.secret, typed, at)
        if step is None or step <= operator.last_step:
            return ""
        operator.last_step, operator.last_login = step, at
        operator.save(update_fields=["last_step", "last_login"])
        return "code"
    unused = RecoveryCode.objects.filter(operator=operator, used_at__isnull=True)
    if not unused.filter(digest=recovery_digest(operator.pk, typed)).update(used_at=at):
        return ""
    operator.last_login = at
    operator.save(update_fields=["last_login"])
    return "recovery"
