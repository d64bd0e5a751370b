"""The page of one application: form beside materials, clock, events, decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from xiezhi.casework import queries
from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.actions.receive_application import REVIEW
from xiezhi.casework.actions.reject_application import reject_application
from xiezhi.casework.actions.take_up import take_up
from xiezhi.casework.grounds import GROUNDS
from xiezhi.casework.models import Intake, IntakeMaterial, WorkItem
from xiezhi.casework.states import INTAKE, IntakeState
from xiezhi.contracts import kinds
from xiezhi.contracts.kinds import ApplicationKind
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import Choice, ClockBadge, FieldError, Material
from xiezhi.identity.staff.doors import in_post
from xiezhi.identity.staff.queries import names_of_posts
from xiezhi.trial.filing.forms import AcceptForm, RejectForm
from xiezhi.trial.filing.sheets import FAULTS, clock, groups, state_chip, timeline

if TYPE_CHECKING:
    from uuid import UUID

    from django import forms

LABELS = {"ground": "依据", "reason": "理由", "reject": "确认", "accept": "确认"}
GROUND_CHOICES = tuple(Choice(value=g.code, label=g.label, hint=g.basis) for g in GROUNDS)


@in_post
@require_GET
def intake(request: DoorRequest, intake_id: UUID) -> HttpResponse:
    """Show the application for review."""
    return _page(request, queries.intake(intake_id, actor=request.actor))


@in_post
@require_http_methods(["GET", "POST"])
def take_up_intake(request: DoorRequest, intake_id: UUID) -> HttpResponse:
    """Begin the review, then show the page with the decisions open."""
    if request.method == "GET":  # somebody reloaded, or went back to, an answer to the form
        return redirect("filing:intake", intake_id=intake_id)
    take_up(intake_id=intake_id, actor=request.actor, at=timezone.now())
    return redirect("filing:intake", intake_id=intake_id)


@in_post
@require_http_methods(["GET", "POST"])
def accept(request: DoorRequest, intake_id: UUID) -> HttpResponse:
    """Accept the application and show the new case."""
    if request.method == "GET":  # somebody reloaded, or went back to, an answer to the form
        return redirect("filing:intake", intake_id=intake_id)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        found = queries.intake(intake_id, actor=request.actor)
        return _page(request, found, accept_form=form, status=422)
    case = accept_application(intake_id=intake_id, actor=request.actor, at=timezone.now())
    messages.success(
        request, f"已受理并立案，案号{case.case_number}。受理案件通知书正在送往当事人平台。"
    )
    return redirect("filing:case", case_id=case.pk)


@in_post
@require_http_methods(["GET", "POST"])
def reject(request: DoorRequest, intake_id: UUID) -> HttpResponse:
    """Refuse the application; with findings show the form again as it was filled in."""
    if request.method == "GET":  # somebody reloaded, or went back to, an answer to the form
        return redirect("filing:intake", intake_id=intake_id)
    form = RejectForm(request.POST)
    if not form.is_valid():
        found = queries.intake(intake_id, actor=request.actor)
        return _page(request, found, reject_form=form, status=422)
    reject_application(
        intake_id=intake_id,
        ground_code=form.cleaned_data["ground"],
        reason=form.cleaned_data["reason"],
        actor=request.actor,
        at=timezone.now(),
    )
    messages.success(request, "已作出不予受理的决定，理由和依据已告知起诉人。")
    return redirect("filing:intake", intake_id=intake_id)


def _page(
    request: DoorRequest,
    found: Intake,
    *,
    accept_form: AcceptForm | None = None,
    reject_form: RejectForm | None = None,
    status: int = 200,
) -> HttpResponse:
    kind = kinds.get(found.kind)
    work = queries.work_of(found.pk, kind=REVIEW, actor=request.actor)
    events = list(queries.intake_events(found))
    posts = [event.post_id for event in events] + [found.decided_by]
    names = names_of_posts([*posts, work.claimed_by if work else None])
    materials = list(found.materials.all())
    rejecting = reject_form or RejectForm()
    context = {
        "intake": found,
        "kind": kind,
        "chip": state_chip(found),
        "clock": _clock(found, work),
        "moves": {move.name for move in INTAKE.open_from(IntakeState(found.state))},
        "groups": groups(kind.form, found.payload),
        "applicant": found.applicant,
        "materials": [_material(found, material, kind) for material in materials],
        "arriving": [m for m in materials if m.blob_id is None and not m.fault],
        "turned_back": [m for m in materials if m.blob_id is None and m.fault],
        "events": timeline(events, names),
        "claimed_by": names.get(work.claimed_by, "") if work and work.claimed_by else "",
        "decided_by": names.get(found.decided_by, "") if found.decided_by else "",
        "grounds": GROUND_CHOICES,
        "rejecting": rejecting,
        "errors": _errors(accept_form) + _errors(reject_form),
    }
    return render(request, "filing/intake.html", context, status=status)


def _clock(found: Intake, work: WorkItem | None) -> ClockBadge | str:
    """Show the clock while it runs; a decision has ended it."""
    if IntakeState(found.state) in INTAKE.final:
        return ""
    return clock(found, work, today=timezone.localdate(), compact=False)


def _errors(form: forms.Form | None) -> list[FieldError]:
    if form is None:
        return []
    return [
        FieldError(name=name, label=LABELS[name], message=str(found[0]))
        for name, found in form.errors.items()
    ]


def _material(found: Intake, material: IntakeMaterial, kind: ApplicationKind) -> Material:
    labels = {category.code: category.label for category in kind.materials}
    note = labels.get(material.category, material.category)
    if material.blob_id is None:
        fault = FAULTS.get(material.fault, material.fault)
        waiting = f"未能接收：{fault}" if fault else "传输中，尚未到达"
        return Material(name=material.name, pages=[], note=f"{note}（{waiting}）")
    return Material(
        name=material.name,
        pages=[
            reverse("filing:material-page", args=[found.pk, material.pk, page])
            for page in range(1, material.pages + 1)
        ],
        note=note,
        url=reverse("filing:material", args=[found.pk, material.pk]),
    )
