"""Note that a material which was still on its way was turned back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.casework.actions._move import locked_intake
from xiezhi.casework.actions._record import record
from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import IntakeMaterial
from xiezhi.casework.permissions import May
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.live.publish import publish, unit_topic
from xiezhi.foundation.permissions import require


@transaction.atomic
def turn_back_material(
    *, court_id: str, source_blob_id: UUID, fault: str, actor: Actor, at: datetime
) -> int:
    """Note the fault of a content at every application of the court that waits for it.

    The application stands with its date: its file is missing, and the page says why. Returns how
    many were waiting; none is no error. Idempotent. Refuses: ``Forbidden``.
    """
    waiting = IntakeMaterial.objects.filter(
        court_id=court_id, source_blob_id=source_blob_id, blob_id__isnull=True, fault=""
    )
    found = 0
    for material in waiting.order_by("intake_id", "position"):
        intake = locked_intake(material.intake_id)
        require(GRANTS, May.RECEIVE, actor, intake)
        material.fault = fault
        material.save(update_fields=["fault"])
        record(
            intake,
            "intake.material_turned_back",
            actor=actor,
            at=at,
            facts={"fault": fault, "digest": material.digest},
        )
        publish(unit_topic(intake.court_id), "intake.material_turned_back", intake.pk)
        found += 1
    return found
