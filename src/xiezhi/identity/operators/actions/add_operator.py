"""Add an operator."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from xiezhi.foundation.actors import Actor
from xiezhi.identity.operators.actions._issue import Issued, issue, only_the_system
from xiezhi.identity.operators.actions._record import record
from xiezhi.identity.operators.errors import LoginNameTaken, LoginNameUnfit
from xiezhi.identity.operators.models import Operator
from xiezhi.identity.operators.roles import Role

LOGIN_NAME: Final = re.compile(r"[a-z][a-z0-9._-]{1,39}")


@transaction.atomic
def add_operator(
    *,
    login_name: str,
    name: str,
    role: Role,
    actor: Actor,
    at: datetime,
    password: str = "",
    demonstration: bool = False,
) -> Issued:
    """Open an account and hand out its password, its secret and its recovery codes.

    Basis: 人民法院在线运行规则第三十四条; GB/T 22239-2019, 8.1.4.1 (two kinds of proof).
    Refuses: ``Forbidden`` to all but the system; ``LoginNameUnfit``, ``LoginNameTaken``.
    """
    only_the_system(actor, "operators.add")
    if not LOGIN_NAME.fullmatch(login_name):
        raise LoginNameUnfit(login_name=login_name)
    operator = Operator(
        login_name=login_name, name=name, role=role, demonstration=demonstration, opened_at=at
    )
    try:
        with transaction.atomic():
            issued = issue(operator, password=password)
    except IntegrityError:
        raise LoginNameTaken(login_name=login_name) from None
    record("operator.added", operator_id=operator.pk, actor=actor, at=at, facts={"role": role})
    return issued
