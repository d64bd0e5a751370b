"""Announce what happened to a blob."""

from datetime import datetime

from xiezhi.files.events import EVENTS
from xiezhi.files.models import Blob
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.events import Recorded, announce
from xiezhi.foundation.ids import uuid7


def record(name: str, blob: Blob, *, actor: Actor, at: datetime, **facts: object) -> None:
    """Announce the event ``name``; the audit follows in the same transaction."""
    announce(
        Recorded(
            kind=EVENTS[name],
            event_id=uuid7(),
            subject_kind="blob",
            subject_id=blob.pk,
            actor=actor,
            occurred_at=at,
            recorded_at=at,
            facts={"size": blob.size, "media_type": blob.media_type, **facts},
        )
    )
