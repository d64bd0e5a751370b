"""Record what happened to the account of an operator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.events import Recorded, announce
from xiezhi.foundation.ids import uuid7
from xiezhi.identity.operators.events import EVENTS


def record(
    name: str,
    *,
    operator_id: UUID,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Announce the event ``name``; audit and whatever else follows take it from there."""
    announce(
        Recorded(
            kind=EVENTS[name],
            event_id=uuid7(),
            subject_kind="operator",
            subject_id=operator_id,
            actor=actor,
            occurred_at=at,
            recorded_at=at,
            facts=facts or {},
        )
    )
