"""Choose between two versions of a section that were typed on two devices."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions._move import record
from xiezhi.service.desk.actions.save_draft import NotADraft, write_section
from xiezhi.service.desk.grants import GRANTS
from xiezhi.service.desk.models import Application
from xiezhi.service.desk.permissions import DeskPermission


class Version(StrEnum):
    """The two versions."""

    SAVED = "saved"
    SET_ASIDE = "set_aside"


@transaction.atomic
def choose_version(
    *, application_id: UUID, section: str, version: Version, actor: Actor, at: datetime
) -> Application:
    """Keep one version of a section; the other one goes only now, by the owner's choice.

    Refuses: ``NotFound`` when nothing is set aside, ``NotADraft``.
    """
    application = queries.application_for_change(application_id, actor=actor)
    require(GRANTS, DeskPermission.EDIT, actor, application)
    if not application.is_draft:
        raise NotADraft
    waiting = queries.set_aside(application, section, actor=actor)
    if waiting is None:
        raise NotFound
    if version is Version.SET_ASIDE:
        write_section(application, section, waiting.values, page="", at=at)
    waiting.delete()
    facts = {"section": section, "version": version}
    record(application, "draft.version_chosen", actor=actor, at=at, facts=facts)
    return application
