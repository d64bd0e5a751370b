"""Attach a material to a draft."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from xiezhi.contracts import kinds
from xiezhi.files.actions.store_blob import store_blob
from xiezhi.files.memory import Source
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound, Refusal
from xiezhi.foundation.permissions import require
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions._move import record
from xiezhi.service.desk.actions.save_draft import NotADraft
from xiezhi.service.desk.grants import GRANTS
from xiezhi.service.desk.models import Material
from xiezhi.service.desk.permissions import DeskPermission

MATERIALS_AT_MOST = 50
NAME_AT_MOST = 200


class TooManyMaterials(Refusal):
    """More files than one application takes."""

    code = "desk.too-many-materials"
    text = "一份申请最多上传{limit}个文件。"
    remedy = "请把同类材料合并成一个PDF文件后再上传。"


class AlreadyAttached(Refusal):
    """The same content stands in this application already."""

    code = "desk.already-attached"
    text = "这份文件和已经上传的一份内容完全相同，没有重复保存。"
    remedy = "不需要再次上传；如果选错了文件，请重新选择。"
    status = 409


@transaction.atomic
def attach_material(
    *, application_id: UUID, category: str, stream: Source, name: str, actor: Actor, at: datetime
) -> Material:
    """Store a file that was inspected by its content, as a material of one category.

    Basis: 人民法院在线诉讼规则第十一条. Refuses: ``NotFound``, ``NotADraft``, what ``files``
    refuses about the content, :class:`TooManyMaterials`, :class:`AlreadyAttached`.
    """
    application = queries.application_for_change(application_id, actor=actor)
    require(GRANTS, DeskPermission.EDIT, actor, application)
    if not application.is_draft:
        raise NotADraft
    if category not in {each.code for each in kinds.get(application.kind).materials}:
        raise NotFound
    present = Material.objects.filter(application=application)
    if present.count() >= MATERIALS_AT_MOST:
        raise TooManyMaterials(limit=MATERIALS_AT_MOST)
    blob = store_blob(
        stream=stream, name=name[:NAME_AT_MOST], owner_id=application.owner_id, at=at, actor=actor
    )
    if present.filter(digest=blob.digest).exists():
        raise AlreadyAttached
    last = present.aggregate(last=Max("position"))["last"] or 0
    material = Material(
        application=application,
        owner_id=application.owner_id,
        blob_id=blob.pk,
        category=category,
        position=last + 1,
        name=blob.name,
        media_type=blob.media_type,
        size=blob.size,
        pages=blob.pages or 1,
        digest=blob.digest,
        attached_at=at,
    )
    material.save(force_insert=True)
    application.changed_at = at
    application.save(update_fields=["changed_at"])
    facts = {"blob_id": blob.pk, "category": category, "digest": blob.digest}
    record(application, "material.attached", actor=actor, at=at, facts=facts)
    return material
