"""Operators for tests; the one slow hash of a password is made once."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.identity.operators.models import Operator, RecoveryCode
from xiezhi.identity.operators.roles import Role
from xiezhi.identity.operators.second_factor import code_at, new_secret, recovery_digest
from xiezhi.identity.operators.sessions import begin, begin_halfway

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
PASSWORD = "granite-harbour-61"
RECOVERY = "ABCD-EFGH-JKLM-NPQR"
SYSTEM = Actor.system("test")


@cache
def hashed() -> str:
    """Hash the password once."""
    return make_password(PASSWORD)


def recruit(login_name: str = "yunwei", name: str = "戊运平") -> Operator:
    """Make an operator with a password, a secret and one recovery code."""
    made = Operator(
        login_name=login_name,
        name=name,
        role=Role.TIER1_OPERATOR,
        password=hashed(),
        secret=new_secret(),
        opened_at=AT,
    )
    with acting(SYSTEM):
        made.save(force_insert=True)
        RecoveryCode.objects.create(operator=made, digest=recovery_digest(made.pk, RECOVERY))
    return made


def code(operator: Operator, at: datetime | None = None) -> str:
    """Give the code that the operator's authenticator shows."""
    return code_at(operator.secret, at or timezone.now())


def enter(client: Client, operator: Operator, *, halfway: bool = False) -> Client:
    """Give a browser the session of an operator, begun now, or that of one who owes the code."""
    request = HttpRequest()
    request.session = SessionStore()
    (begin_halfway if halfway else begin)(request, operator, timezone.now())
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return client
