"""Remove a material from a draft."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.files.actions.destroy_blob import destroy_blob
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions._move import record
from xiezhi.service.desk.actions.save_draft import NotADraft
from xiezhi.service.desk.grants import GRANTS
from xiezhi.service.desk.models import Material
from xiezhi.service.desk.permissions import DeskPermission


@transaction.atomic
def remove_material(*, material_id: UUID, actor: Actor, at: datetime) -> Material:
    """Remove a material from a draft and destroy its content; the trace is kept.

    Refuses: ``NotFound``, ``NotADraft``.
    """
    material = queries.material(material_id, actor=actor)
    application = queries.application_for_change(material.application_id, actor=actor)
    require(GRANTS, DeskPermission.EDIT, actor, application)
    if not application.is_draft:
        raise NotADraft
    removed = Material.objects.filter(pk=material.pk).delete()
    if not removed[0]:
        raise NotFound
    destroy_blob(blob_id=material.blob_id, actor=actor, at=at, reason="desk.material-removed")
    application.changed_at = at
    application.save(update_fields=["changed_at"])
    facts = {"blob_id": material.blob_id, "category": material.category}
    record(application, "material.removed", actor=actor, at=at, facts=facts)
    return material
