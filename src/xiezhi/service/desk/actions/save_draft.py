"""Save one section of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xiezhi.contracts import kinds
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Conflict, NotFound
from xiezhi.foundation.permissions import require
from xiezhi.service.desk import queries
from xiezhi.service.desk.grants import GRANTS
from xiezhi.service.desk.models import Application, SetAsideVersion
from xiezhi.service.desk.permissions import DeskPermission

Typed = dict[str, Any] | list[dict[str, Any]]


class NotADraft(Conflict):
    """It was submitted or abandoned meanwhile, perhaps on another device."""

    code = "desk.not-a-draft"
    text = "这份申请已经提交或者作废，不能再修改。"
    remedy = "请返回“我的事项”查看最新进展。"


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving; with ``conflict`` both versions are kept and the owner chooses."""

    application: Application
    conflict: bool = False


@transaction.atomic
def save_draft(
    *,
    application_id: UUID,
    section: str,
    typed: Typed,
    revision: int,
    page: str,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Save what was typed in one section, by the page ``page`` made at ``revision``.

    If another page saved the same section after that, differently, nothing is overwritten: what
    was typed here is set aside, and ``conflict`` says so.
    Refuses: ``NotFound``, :class:`NotADraft`. Idempotence: saving the same again changes nothing.
    """
    application = queries.application_for_change(application_id, actor=actor)
    require(GRANTS, DeskPermission.EDIT, actor, application)
    if not application.is_draft:
        raise NotADraft
    if section not in {spec.name for spec in kinds.get(application.kind).form.sections}:
        raise NotFound
    if application.payload.get(section) == typed:
        return Saved(application)
    saved_at, saved_by = application.marks.get(section, (0, ""))
    if saved_at > revision and saved_by != page:
        SetAsideVersion.objects.filter(application=application, section=section).delete()
        SetAsideVersion(
            application=application,
            owner_id=application.owner_id,
            section=section,
            values=typed,
            set_aside_at=at,
        ).save(force_insert=True)
        return Saved(application, conflict=True)
    write_section(application, section, typed, page=page, at=at)
    return Saved(application)


def write_section(
    application: Application, section: str, typed: Typed, *, page: str, at: datetime
) -> None:
    """Put ``typed`` into the draft under a new revision. The caller holds the row lock."""
    application.revision += 1
    application.payload = {**application.payload, section: typed}
    application.marks = {**application.marks, section: [application.revision, page]}
    application.changed_at = at
    application.save(update_fields=["revision", "payload", "marks", "changed_at"])
