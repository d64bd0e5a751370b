"""Abandon a draft."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.files.actions.destroy_blob import destroy_blob
from xiezhi.foundation.actors import Actor
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions._move import move
from xiezhi.service.desk.models import Application


@transaction.atomic
def abandon(*, application_id: UUID, actor: Actor, at: datetime) -> Application:
    """Give up a draft; what was typed and uploaded is destroyed, the trace is kept.

    Refuses: ``NotFound``, ``Forbidden``, ``MoveRefused`` once it is submitted.
    """
    application = queries.application_for_change(application_id, actor=actor)
    move(application, "abandon", actor=actor, at=at, payload={}, marks={})
    application.set_aside.all().delete()
    for material in application.materials.all():
        destroy_blob(blob_id=material.blob_id, reason="desk.draft-abandoned", actor=actor, at=at)
    application.materials.all().delete()
    return application
