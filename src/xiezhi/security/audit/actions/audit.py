"""Write one entry of the audit."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from xiezhi.foundation.actors import Actor
from xiezhi.security.audit.facts import as_facts
from xiezhi.security.audit.models import AuditEntry, Outcome


@transaction.atomic
def audit(
    *,
    act: str,
    actor: Actor,
    at: datetime,
    subject_kind: str = "",
    subject_id: UUID | None = None,
    outcome: Outcome = Outcome.DONE,
    code: str = "",
    basis: str = "",
    request_id: UUID | None = None,
    facts: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Write the entry in the caller's transaction: act and audit are kept together or not at all.

    ``request_id`` is taken from the log's context unless given.
    """
    return AuditEntry.objects.create(
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.account_id,
        post_id=actor.post_id,
        unit_id=actor.unit_id,
        purpose=actor.purpose,
        act=act,
        subject_kind=subject_kind,
        subject_id=subject_id,
        outcome=outcome,
        code=code,
        basis=basis,
        request_id=request_id or _request_id(),
        facts=as_facts(facts or {}),
    )


def _request_id() -> UUID | None:
    bound = structlog.contextvars.get_contextvars().get("request_id")
    return UUID(bound) if isinstance(bound, str) else None
