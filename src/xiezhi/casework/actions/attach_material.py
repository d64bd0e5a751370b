"""Attach a material whose content arrived after the application."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.casework.actions._move import locked_intake
from xiezhi.casework.actions._record import record
from xiezhi.casework.actions.add_document import add_documents, content_of
from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import Case, IntakeMaterial
from xiezhi.casework.permissions import May
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.live.publish import publish, unit_topic
from xiezhi.foundation.permissions import require


@transaction.atomic
def attach_material(
    *, court_id: str, source_blob_id: UUID, blob_id: UUID, actor: Actor, at: datetime
) -> int:
    """Attach content that has arrived to every application of the court that waits for it.

    Where the application is a case already, the content becomes the next version in its e-file.
    Returns how many were waiting; none is no error. Idempotent. Refuses: ``Forbidden``.
    """
    waiting = IntakeMaterial.objects.filter(
        court_id=court_id, source_blob_id=source_blob_id, blob_id__isnull=True
    )
    found = 0
    for material in waiting.order_by("intake_id", "position"):
        intake = locked_intake(material.intake_id)
        require(GRANTS, May.RECEIVE, actor, intake)
        material.blob_id, material.arrived_at, material.fault = blob_id, at, ""
        material.save(update_fields=["blob_id", "arrived_at", "fault"])
        record(
            intake,
            "intake.material_arrived",
            actor=actor,
            at=at,
            facts={"blob": str(blob_id), "digest": material.digest},
        )
        if intake.case_id is not None:
            case = Case.objects.select_for_update(no_key=True).get(pk=intake.case_id)
            add_documents(case=case, contents=(content_of(material),), actor=actor, at=at)
        publish(unit_topic(intake.court_id), "intake.material_arrived", intake.pk)
        found += 1
    return found
