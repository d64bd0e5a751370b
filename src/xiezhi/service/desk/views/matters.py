"""One matter: where it is, what happened, what the court disclosed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from xiezhi.contracts import kinds
from xiezhi.contracts.application import ApplicationState
from xiezhi.directory import queries as directory
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import TimelineEvent
from xiezhi.foundation.pages.components.status import Tone
from xiezhi.foundation.pages.formats import local
from xiezhi.identity.login.doors import signed_in
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions.checks.materials import missing
from xiezhi.service.desk.actions.checks.payload import findings
from xiezhi.service.desk.events import EVENTS
from xiezhi.service.desk.models import Application, ApplicationEvent, Disclosure
from xiezhi.service.desk.progress import chip, clock, steps, where
from xiezhi.service.desk.views.steps import MATERIALS, REVIEW

SHOWN = frozenset(
    {
        "application.started",
        "application.submitted",
        "application.received",
        "application.under_review",
        "application.accepted",
        "application.rejected",
        "disclosure.arrived",
    }
)
TONES: dict[str, Tone] = {"application.accepted": "done", "application.rejected": "alarm"}


@require_safe
@signed_in
def matter(request: DoorRequest, application_id: UUID) -> HttpResponse:
    """Show one matter; a draft leads to the step that still lacks something."""
    application = queries.application(application_id, actor=request.actor)
    if application.is_draft:
        return redirect("desk:step", application_id, _open_step(request, application))
    return render(request, "desk/matter.html", _context(request, application))


@require_safe
@signed_in
def state(request: DoorRequest, application_id: UUID) -> HttpResponse:
    """Give the changing part of the matter's page anew, for a live update."""
    application = queries.application(application_id, actor=request.actor)
    context = _context(request, application) | {"live": True}
    return render(request, "desk/matter.html", context, block="state")


def _context(request: DoorRequest, application: Application) -> dict[str, object]:
    told = queries.disclosures(application, actor=request.actor)
    happened = queries.events(application, actor=request.actor)
    return {
        "application": application,
        "court": directory.court(application.court_id),
        "chip": chip(application),
        "where": where(application),
        "clock": clock(application, local(timezone.now()).date()),
        "steps": steps(application),
        "disclosures": told,
        "participations": queries.participations(application, actor=request.actor),
        "timeline": _timeline(happened, told),
        "rejected": application.state == ApplicationState.REJECTED,
        "accepted": application.state == ApplicationState.ACCEPTED,
        "live": False,
    }


def _timeline(happened: list[ApplicationEvent], told: list[Disclosure]) -> list[TimelineEvent]:
    titles = {str(each.pk): each for each in told}
    made = []
    for event in reversed(happened):
        if event.kind not in SHOWN:
            continue
        disclosure = titles.get(str(event.facts.get("disclosure_id", "")))
        title = f"法院告知：{disclosure.title}" if disclosure else EVENTS[event.kind].label
        made.append(
            TimelineEvent(
                title=title,
                at=event.occurred_at,
                basis=event.basis,
                tone=TONES.get(event.kind, "plain"),
                url=reverse("desk:disclosure", args=[disclosure.pk]) if disclosure else "",
            )
        )
    return made


def _open_step(request: DoorRequest, application: Application) -> str:
    kind = kinds.get(application.kind)
    open_findings = findings(kind, application.payload, on=local(timezone.now()).date())
    if open_findings:
        return open_findings[0].section
    present = [each.category for each in queries.materials(application, actor=request.actor)]
    return MATERIALS if missing(kind, present) else REVIEW
