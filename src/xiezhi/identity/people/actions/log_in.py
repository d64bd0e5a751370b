"""Log in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import authenticate, login
from django.db import transaction
from django.http import HttpRequest

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.actions._record import record
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.queries import find_by_login

DOORKEEPER = Actor.system("people.log-in")
BACKEND = "xiezhi.identity.people.backends.BlindIndexBackend"


@dataclass(frozen=True, slots=True)
class LoginOutcome:
    """What came of a login: an account, or nothing and perhaps a lock-out."""

    account: Account | None
    locked_out: bool = False


@transaction.atomic
def log_in(
    *, request: HttpRequest, username: str, password: str, actor: Actor, at: datetime
) -> LoginOutcome:
    """Check the password and begin a session under a new key.

    Returns instead of refusing: a failed attempt must be counted, and a refusal would roll the
    count back. The throttle knows the attempt by a blind index, never by the number typed.
    """
    with acting(DOORKEEPER):
        known = find_by_login(username)
        account = authenticate(
            request, username=known.index, password=password, candidate=known.account
        )
        if account is None:
            record("account.login_failed", account_id=uuid7(), actor=actor, at=at)
            return LoginOutcome(None, locked_out=getattr(request, "axes_locked_out", False))
        start_session(request=request, account=account, at=at)
    return LoginOutcome(account)


def start_session(*, request: HttpRequest, account: Account, at: datetime) -> None:
    """Begin the session of an account that has just proved itself. The caller acts as system."""
    with acting(DOORKEEPER):
        login(request, account, backend=BACKEND)
        owner = Actor.person(account.pk, name=account.name)
        record("account.logged_in", account_id=account.pk, actor=owner, at=at)
