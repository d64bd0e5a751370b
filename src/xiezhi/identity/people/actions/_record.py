"""Record what happened to an account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.events import Recorded, announce
from xiezhi.foundation.ids import uuid7
from xiezhi.identity.people.events import EVENTS


def record(name: str, *, account_id: UUID, actor: Actor, at: datetime) -> None:
    """Announce the event ``name``; audit and whatever else follows take it from there."""
    announce(
        Recorded(
            kind=EVENTS[name],
            event_id=uuid7(),
            subject_kind="account",
            subject_id=account_id,
            actor=actor,
            occurred_at=at,
            recorded_at=at,
        )
    )
