"""Record an incident when a stored content turns out damaged."""

from uuid import UUID

from django.utils import timezone

from xiezhi.files.errors import ContentDamaged
from xiezhi.files.events import EVENTS
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.events import Recorded, announce
from xiezhi.foundation.ids import uuid7


def report_damage(refusal: Refusal, actor: Actor, route: str, request_id: UUID) -> None:
    """Announce the incident after the refused request was rolled back.

    Called by the door for every refusal; jobs and handlers call it in a transaction of their
    own. The door is the edge of the process, so the clock is read here.
    """
    if not isinstance(refusal, ContentDamaged):
        return
    at = timezone.now()
    announce(
        Recorded(
            kind=EVENTS["files.blob_damaged"],
            event_id=uuid7(),
            subject_kind="blob",
            subject_id=UUID(str(refusal.facts["blob_id"])),
            actor=actor,
            occurred_at=at,
            recorded_at=at,
            facts={"route": route, "request_id": request_id},
        )
    )
