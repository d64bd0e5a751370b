"""The one door through which an application changes state, and through which it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from xiezhi.contracts.application import APPLICATION, ApplicationState
from xiezhi.foundation import live
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.events import Recorded, announce
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.live.publish import account_topic
from xiezhi.foundation.permissions import require
from xiezhi.service.desk.events import EVENTS
from xiezhi.service.desk.grants import GRANTS
from xiezhi.service.desk.models import Application, ApplicationEvent

DONE = {
    "submit": "application.submitted",
    "abandon": "application.abandoned",
    "receive": "application.received",
    "review": "application.under_review",
    "accept": "application.accepted",
    "reject": "application.rejected",
}


def move(
    application: Application,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    facts: Mapping[str, object] | None = None,
    **changes: object,
) -> None:
    """Take the move ``name``: arrow, actor, row, event, together or not at all.

    The caller holds the row lock. ``at`` is the legal instant, ``recorded_at`` when it was learnt.
    """
    step = APPLICATION.take(name, ApplicationState(application.state))
    require(GRANTS, step.permission, actor, application)
    application.state = step.target
    for field, value in changes.items():
        setattr(application, field, value)
    application.changed_at = recorded_at or at
    application.save(update_fields=["state", "changed_at", *changes])
    record(
        application,
        DONE[name],
        actor=actor,
        at=at,
        recorded_at=recorded_at,
        facts=facts,
        basis=step.basis,
    )


def record(
    application: Application,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    facts: Mapping[str, object] | None = None,
    basis: str = "",
) -> UUID:
    """Append one event to the conversation, announce it, and tell the owner's open pages.

    The caller holds the row lock of the application, which orders ``seq``.
    """
    kind = EVENTS[name]
    kept = {key: str(value) for key, value in (facts or {}).items()}
    rows = ApplicationEvent.objects.filter(application_id=application.pk)
    last = rows.aggregate(last=Max("seq"))["last"] or 0
    event = ApplicationEvent.objects.create(
        id=uuid7(),
        application_id=application.pk,
        owner_id=application.owner_id,
        seq=last + 1,
        kind=name,
        version=kind.version,
        occurred_at=at,
        recorded_at=recorded_at or at,
        actor_kind=actor.kind,
        actor_id=actor.account_id,
        purpose=actor.purpose,
        basis=basis or kind.basis,
        facts=kept,
    )
    announce(
        Recorded(
            kind=kind,
            event_id=event.pk,
            subject_kind="application",
            subject_id=application.pk,
            actor=actor,
            occurred_at=at,
            recorded_at=recorded_at or at,
            facts=kept,
        )
    )
    live.publish(account_topic(application.owner_id), name, application.pk)
    return event.pk
