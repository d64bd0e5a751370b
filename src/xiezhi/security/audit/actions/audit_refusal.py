"""Audit a refusal after everything else was rolled back."""

from uuid import UUID

from django.utils import timezone

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal
from xiezhi.security.audit.actions.audit import audit
from xiezhi.security.audit.models import Outcome


def audit_refusal(refusal: Refusal, actor: Actor, route: str, request_id: UUID) -> None:
    """Write the entry of one refusal; the door opens the transaction.

    The door is the edge of the process, so the clock is read here.
    """
    audit(
        act=route,
        actor=actor,
        at=timezone.now(),
        outcome=Outcome.REFUSED,
        code=refusal.code,
        basis=refusal.basis,
        request_id=request_id,
        facts=refusal.facts,
    )
