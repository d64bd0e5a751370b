"""What may be asked of operators' accounts: by the command line of the site alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.identity.operators.errors import UnknownOperator
from xiezhi.identity.operators.models import Operator

if TYPE_CHECKING:
    from django.db.models import QuerySet


def operators_for(actor: Actor) -> QuerySet[Operator]:
    """List all operators by login name. Refuses: ``Forbidden`` to all but the system."""
    if not actor.is_system:
        raise Forbidden(permission="operators.list")
    return Operator.objects.order_by("login_name")


def operator_to_change(actor: Actor, login_name: str) -> Operator:
    """Return one operator, its row locked. Refuses: ``Forbidden``, ``UnknownOperator``."""
    found = operators_for(actor).select_for_update().filter(login_name=login_name).first()
    if found is None:
        raise UnknownOperator(login_name=login_name)
    return found
