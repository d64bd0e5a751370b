"""Record what happened to an account or a post of staff."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.events import Recorded, announce
from xiezhi.foundation.ids import uuid7
from xiezhi.identity.staff.events import EVENTS


def record(name: str, *, subject_id: UUID, actor: Actor, at: datetime, **facts: object) -> None:
    """Announce the event ``name``; the audit and whatever else follows take it from there."""
    announce(
        Recorded(
            kind=EVENTS[name],
            event_id=uuid7(),
            subject_kind="staff",
            subject_id=subject_id,
            actor=actor,
            occurred_at=at,
            recorded_at=at,
            facts=facts,
        )
    )
