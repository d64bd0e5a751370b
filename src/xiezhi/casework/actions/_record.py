"""The one door through which events of applications and cases are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from xiezhi.casework.events import CASE_EVENTS, INTAKE_EVENTS
from xiezhi.casework.models import Case, CaseEvent, Intake, IntakeEvent
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.events import EventKinds, Recorded, announce

_TABLES: Final[dict[type[Case | Intake], tuple[str, EventKinds, type[CaseEvent | IntakeEvent]]]] = {
    Intake: ("intake", INTAKE_EVENTS, IntakeEvent),
    Case: ("case", CASE_EVENTS, CaseEvent),
}


def record(
    subject: Case | Intake,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    occurred_at: datetime | None = None,
    basis: str = "",
    document_id: UUID | None = None,
    facts: Mapping[str, object] | None = None,
) -> CaseEvent | IntakeEvent:
    """Write the event ``name`` of ``subject``; audit and what else follows join the transaction.

    ``facts`` hold ids, codes and digests, never personal data. The caller holds the row lock of
    the subject, which is what keeps ``seq`` without gaps.
    """
    subject_kind, kinds, table = _TABLES[type(subject)]
    kind = kinds[name]
    subject.events += 1
    subject.save(update_fields=["events"])
    row = table.objects.create(
        court_id=subject.court_id,
        subject_id=subject.pk,
        seq=subject.events,
        kind=kind.name,
        version=kind.version,
        occurred_at=occurred_at or at,
        recorded_at=at,
        actor_kind=str(actor.kind),
        actor_id=actor.account_id,
        post_id=actor.post_id,
        capacity=",".join(sorted(actor.roles)) or actor.purpose,
        basis=basis or kind.basis,
        document_id=document_id,
        facts=dict(facts or {}),
    )
    announce(
        Recorded(
            kind=kind,
            event_id=row.pk,
            subject_kind=subject_kind,
            subject_id=subject.pk,
            actor=actor,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            facts=row.facts,
        )
    )
    return row
