"""Audit every recorded event whose kind asks for it, in the event's transaction."""

from xiezhi.foundation.events import Recorded
from xiezhi.security.audit.actions.audit import audit


def audit_event(recorded: Recorded) -> None:
    """Write the entry of one event."""
    if not recorded.kind.audited:
        return
    audit(
        act=recorded.kind.name,
        actor=recorded.actor,
        at=recorded.recorded_at,
        subject_kind=recorded.subject_kind,
        subject_id=recorded.subject_id,
        basis=recorded.kind.basis,
        facts={"event_id": recorded.event_id, **recorded.facts},
    )
