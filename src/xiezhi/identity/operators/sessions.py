"""The session of an operator: begun by two proofs, ended by rest, by time, or by any change.

It is kept apart from the login of a person: it has keys of its own, and to begin it ends whatever
the browser's session was before.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.identity.operators.models import Operator

OPERATOR_KEY: Final = "xiezhi_operator"
HALFWAY_KEY: Final = "xiezhi_operator_halfway"
LONGEST: Final = timedelta(hours=8)
HALFWAY: Final = timedelta(minutes=5)
NOTED_EVERY: Final = timedelta(minutes=1)


def actor_for(operator: Operator) -> Actor:
    """Return the operator as one who acts: as staff, in no unit, so that no case is visible."""
    return Actor.operator(operator.pk, roles=frozenset({operator.role}), name=operator.name)


def actor_of(request: HttpRequest) -> Actor:
    """Return the operator logged in, or nobody. The caller acts as the system.

    Basis: GB/T 22239-2019, 8.1.4.1 (an idle session is ended). Asking for parts of a page, which
    open pages do by themselves, is no sign that somebody is there.
    """
    kept = request.session.get(OPERATOR_KEY)
    if kept is None:
        return ANONYMOUS
    now = timezone.now()
    operator = _holder(kept, now, since=kept["begun"], at_most=LONGEST)
    idle = timedelta(seconds=settings.XIEZHI_OPERATIONS_IDLE_SECONDS)
    if operator is None or now - _instant(kept["seen"]) > idle:
        request.session.flush()
        return ANONYMOUS
    if not request.headers.get("HX-Request") and now - _instant(kept["seen"]) > NOTED_EVERY:
        request.session[OPERATOR_KEY] = kept | {"seen": now.isoformat()}
    return actor_for(operator)


def begin_halfway(request: HttpRequest, operator: Operator, at: datetime) -> None:
    """Remember for five minutes that the password was right; nothing can be done with it yet."""
    request.session.flush()
    request.session[HALFWAY_KEY] = _mark(operator) | {"begun": at.isoformat()}


def halfway_operator(request: HttpRequest, at: datetime) -> Operator | None:
    """Return who has given the password and not yet the code. The caller acts as the system."""
    kept = request.session.get(HALFWAY_KEY)
    return _holder(kept, at, since=kept["begun"], at_most=HALFWAY) if kept else None


def begin(request: HttpRequest, operator: Operator, at: datetime) -> None:
    """Begin the session under a new key; forms that were open before are void."""
    request.session.flush()
    rotate_token(request)
    began = {"begun": at.isoformat(), "seen": at.isoformat()}
    request.session[OPERATOR_KEY] = _mark(operator) | began


def _mark(operator: Operator) -> dict[str, str]:
    return {"id": str(operator.pk), "mark": operator.get_session_auth_hash()}


def _holder(
    kept: dict[str, Any], at: datetime, *, since: str, at_most: timedelta
) -> Operator | None:
    """Return the operator unless time has run out or the proofs were issued anew since."""
    if not timedelta(0) <= at - _instant(since) <= at_most:
        return None
    known = Operator.objects.only("login_name", "name", "role", "password")
    operator = known.filter(pk=UUID(kept["id"]), is_active=True).first()
    if operator is None or not constant_time_compare(
        kept["mark"], operator.get_session_auth_hash()
    ):
        return None
    return operator


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
