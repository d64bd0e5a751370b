"""Announce what somebody did with the exchange; the audit follows in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from xiezhi.exchange.events import EVENTS
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.events import Recorded, announce
from xiezhi.foundation.ids import uuid7


def record(
    name: str,
    subject_kind: str,
    subject_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Announce the event ``name`` about one row of the exchange."""
    announce(
        Recorded(
            kind=EVENTS[name],
            event_id=uuid7(),
            subject_kind=subject_kind,
            subject_id=subject_id,
            actor=actor,
            occurred_at=at,
            recorded_at=at,
            facts=facts or {},
        )
    )
