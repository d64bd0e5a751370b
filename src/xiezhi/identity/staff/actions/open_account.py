"""Open an account for a member of staff."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.identity.staff.actions._record import record
from xiezhi.identity.staff.errors import LoginNameTaken
from xiezhi.identity.staff.models import StaffAccount


@transaction.atomic
def open_account(
    *, login_name: str, name: str, password: str, actor: Actor, at: datetime
) -> StaffAccount:
    """Open an account; it can do nothing until it is appointed to a post.

    Basis: 人民法院在线运行规则第三十四条. Refuses: ``Forbidden`` to all but the system, which
    provisions accounts from the court's personnel register; ``LoginNameTaken``.
    """
    if not actor.is_system:
        raise Forbidden(permission="staff.account.open")
    account = StaffAccount(login_name=login_name, name=name, opened_at=at)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise LoginNameTaken(login_name=login_name) from None
    record("staff.account_opened", subject_id=account.pk, actor=actor, at=at)
    return account
