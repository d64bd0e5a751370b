"""Log in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth import authenticate, login
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from xiezhi.foundation.actors import Actor, ActorKind
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.identity.staff.actions._record import record
from xiezhi.identity.staff.models import Post, StaffAccount
from xiezhi.identity.staff.queries import current
from xiezhi.identity.staff.sessions import POST_KEY

DOORKEEPER: Final = Actor.system("staff.log-in")
BACKEND: Final = "xiezhi.identity.staff.backends.StaffBackend"


@dataclass(frozen=True, slots=True)
class LoginOutcome:
    """What came of a login: an account, or nothing and perhaps a lock-out."""

    account: StaffAccount | None
    locked_out: bool = False


@transaction.atomic
def log_in(
    *, request: HttpRequest, login_name: str, password: str, actor: Actor, at: datetime
) -> LoginOutcome:
    """Check the password and begin a session under a new key.

    Somebody who holds exactly one post acts in it at once. Returns instead of refusing: a failed
    attempt must be counted, and a refusal would roll the count back.
    """
    with acting(DOORKEEPER):
        account = authenticate(request, username=login_name, password=password)
        if account is None:
            record("staff.login_failed", subject_id=uuid7(), actor=actor, at=at)
            return LoginOutcome(None, locked_out=getattr(request, "axes_locked_out", False))
        login(request, account, backend=BACKEND)
        posts = list(Post.objects.filter(current(timezone.localdate(at)), account=account)[:2])
        if len(posts) == 1:
            request.session[POST_KEY] = str(posts[0].pk)
        holder = Actor(ActorKind.STAFF, account.pk, name=account.name, purpose="duty")
        record("staff.logged_in", subject_id=account.pk, actor=holder, at=at)
    return LoginOutcome(account)
