"""The one door to the things of a desk; every query takes the actor."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import visible
from xiezhi.service.desk.grants import GRANTS
from xiezhi.service.desk.models import (
    Application,
    ApplicationEvent,
    Disclosure,
    Material,
    Participation,
    SetAsideVersion,
)
from xiezhi.service.desk.permissions import DeskPermission as May

M = TypeVar("M", bound=Model)


def applications(actor: Actor) -> QuerySet[Application]:
    """List the actor's applications, the latest change first; contents stay unread."""
    seen = visible(GRANTS, May.READ, actor)
    return (
        Application.objects.filter(seen)
        .exclude(state="abandoned")
        .defer("payload", "marks", "reason")
        .order_by("-changed_at", "-id")
    )


def application(application_id: UUID, *, actor: Actor) -> Application:
    """Return one application. Refuses: ``NotFound``, also for somebody else's."""
    return _one(Application.objects.filter(visible(GRANTS, May.READ, actor), pk=application_id))


def application_for_change(application_id: UUID, *, actor: Actor) -> Application:
    """Return one application with its row locked; for actions. Refuses: ``NotFound``."""
    rows = Application.objects.select_for_update(no_key=True)
    return _one(rows.filter(visible(GRANTS, May.READ, actor), pk=application_id))


def materials(application: Application, *, actor: Actor) -> list[Material]:
    """List the materials of an application in their order."""
    seen = visible(GRANTS, May.READ, actor)
    return list(Material.objects.filter(seen, application=application).order_by("position"))


def material(material_id: UUID, *, actor: Actor) -> Material:
    """Return one material with its application. Refuses: ``NotFound``."""
    rows = Material.objects.select_related("application")
    return _one(rows.filter(visible(GRANTS, May.READ, actor), pk=material_id))


def events(application: Application, *, actor: Actor) -> list[ApplicationEvent]:
    """List what happened to an application, in order."""
    seen = visible(GRANTS, May.READ, actor)
    rows = ApplicationEvent.objects.filter(seen, application_id=application.pk)
    return list(rows.order_by("seq"))


def set_aside(application: Application, section: str, *, actor: Actor) -> SetAsideVersion | None:
    """Return the version of a section that waits for a choice, or nothing."""
    seen = visible(GRANTS, May.READ, actor)
    return SetAsideVersion.objects.filter(seen, application=application, section=section).first()


def sections_set_aside(application: Application, *, actor: Actor) -> list[str]:
    """Name the sections of which two versions exist."""
    seen = visible(GRANTS, May.READ, actor)
    rows = SetAsideVersion.objects.filter(seen, application=application)
    return list(rows.order_by("section").values_list("section", flat=True))


def disclosures(application: Application, *, actor: Actor) -> list[Disclosure]:
    """List what the court disclosed about an application and its case, newest first."""
    seen = visible(GRANTS, May.READ, actor)
    return list(Disclosure.objects.filter(seen, application_id=application.pk))


def disclosure(disclosure_id: UUID, *, actor: Actor) -> Disclosure:
    """Return one disclosure. Refuses: ``NotFound``."""
    return _one(Disclosure.objects.filter(visible(GRANTS, May.READ, actor), pk=disclosure_id))


def participations(application: Application, *, actor: Actor) -> list[Participation]:
    """List the actor's places in the case that an application opened."""
    seen = visible(GRANTS, May.READ, actor)
    rows = Participation.objects.filter(seen, application_id=application.pk)
    return list(rows.order_by("pk"))


def _one(rows: QuerySet[M]) -> M:
    found = rows.first()
    if found is None:
        raise NotFound
    return found
