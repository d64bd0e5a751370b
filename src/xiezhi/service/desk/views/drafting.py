"""The wizard: one step per section of a kind's form, saved at every step and every pause."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from xiezhi.contracts import kinds
from xiezhi.contracts.forms import SectionSpec
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.formats import local, time_text
from xiezhi.identity.login.doors import signed_in
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions.abandon import abandon
from xiezhi.service.desk.actions.checks.payload import findings
from xiezhi.service.desk.actions.choose_version import Version, choose_version
from xiezhi.service.desk.actions.save_draft import Saved, save_draft
from xiezhi.service.desk.asides import beside
from xiezhi.service.desk.forms.reading import blank, typed
from xiezhi.service.desk.forms.showing import shown, summary
from xiezhi.service.desk.forms.versions import differences
from xiezhi.service.desk.models import Application
from xiezhi.service.desk.views.steps import MATERIALS, following, preceding, step_bar

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@signed_in
def section_page(request: DoorRequest, application_id: UUID, step: str) -> HttpResponse:
    """Show one section; on POST save it, then add, remove, leave or go on."""
    if request.method == "GET":
        application = queries.application(application_id, actor=request.actor)
        if not application.is_draft:
            return redirect("desk:matter", application_id)
        return _section(request, application, step)
    saved = _save(request, application_id, step)
    if saved.conflict:
        return redirect("desk:versions", application_id, step)
    return _go_on(request, saved.application, step, request.POST.get("act", "next"))


@require_POST
@signed_in
def autosave(request: DoorRequest, application_id: UUID, step: str) -> HttpResponse:
    """Save while one types; say when, or that another device was quicker."""
    at = timezone.now()
    saved = _save(request, application_id, step)
    if saved.conflict:
        address = reverse("desk:versions", args=[application_id, step])
        context = {"versions_url": address}
        response = render(request, "desk/conflict.html", context, block="notice")
        # What was typed is kept, so this is no failure; but the person must see it at once.
        response["HX-Retarget"], response["HX-Reswap"] = "#alerts", "innerHTML show:top"
        response["XZ-Saved-At"] = time_text(at)
        return response
    headers = {"XZ-Saved-At": time_text(at), "HX-Trigger": "draft-saved"}
    return HttpResponse(status=204, headers=headers)


@require_http_methods(["GET", "POST"])
@signed_in
def versions(request: DoorRequest, application_id: UUID, step: str) -> HttpResponse:
    """Show both versions of a section side by side; on POST keep the one chosen."""
    if request.method == "POST":
        mine = request.POST.get("version") == Version.SET_ASIDE
        choose_version(
            application_id=application_id,
            section=step,
            version=Version.SET_ASIDE if mine else Version.SAVED,
            actor=request.actor,
            at=timezone.now(),
        )
        return redirect("desk:step", application_id, step)
    application = queries.application(application_id, actor=request.actor)
    waiting = queries.set_aside(application, step, actor=request.actor)
    if waiting is None:
        return redirect("desk:step", application_id, step)
    spec = section_of(application, step)
    saved = application.payload.get(step)
    context = {
        "application": application,
        "section": spec,
        "set_aside_at": waiting.set_aside_at,
        "rows": differences(spec, saved, waiting.values),
    }
    return render(request, "desk/versions.html", context)


@require_POST
@signed_in
def abandon_draft(request: DoorRequest, application_id: UUID) -> HttpResponse:
    """Abandon the draft and return to the list."""
    abandon(application_id=application_id, actor=request.actor, at=timezone.now())
    return redirect("desk:matters")


def section_of(application: Application, step: str) -> SectionSpec:
    """Return the section called ``step``. Refuses: ``NotFound``."""
    try:
        return kinds.get(application.kind).form[step]
    except KeyError:
        raise NotFound from None


def _save(request: DoorRequest, application_id: UUID, step: str) -> Saved:
    application = queries.application(application_id, actor=request.actor)
    revision = request.POST.get("revision", "0")
    return save_draft(
        application_id=application_id,
        section=step,
        typed=typed(section_of(application, step), request.POST),
        revision=int(revision) if revision.isdecimal() else 0,
        page=request.POST.get("page", "")[:32],
        actor=request.actor,
        at=timezone.now(),
    )


def _go_on(request: DoorRequest, application: Application, step: str, act: str) -> HttpResponse:
    """Do what the button pressed says, once everything typed is saved."""
    if act.startswith(("add", "remove")) and section_of(application, step).repeated:
        return _change_items(request, application, step, act)
    if act == "leave":
        return redirect("desk:matters")
    kind = kinds.get(application.kind)
    if any(
        one.section == step
        for one in findings(kind, application.payload, on=local(timezone.now()).date())
    ):
        return _section(request, application, step, checked=True)
    return redirect("desk:step", application.pk, following(kind, step))


def _change_items(
    request: DoorRequest, application: Application, step: str, act: str
) -> HttpResponse:
    """Add an empty item to a repeated section, or remove one."""
    spec = section_of(application, step)
    items = list(application.payload.get(step) or [])
    if act == "add" and len(items) < spec.at_most:
        items.append(blank(spec))
    number = act.removeprefix("remove-")
    if number.isdecimal() and int(number) < len(items) and len(items) > spec.at_least:
        del items[int(number)]
    save_draft(
        application_id=application.pk,
        section=step,
        typed=items,
        revision=application.revision,
        page=request.POST.get("page", "")[:32],
        actor=request.actor,
        at=timezone.now(),
    )
    last = max(len(items) - 1, 0)
    address = reverse("desk:step", args=[application.pk, step])
    return redirect(f"{address}#item-{last}")


def _section(
    request: DoorRequest, application: Application, step: str, *, checked: bool = False
) -> HttpResponse:
    kind = kinds.get(application.kind)
    spec = section_of(application, step)
    everything = findings(kind, application.payload, on=local(timezone.now()).date())
    here = [one for one in everything if one.section == step] if checked else []
    before = preceding(kind, step)
    context = {
        "application": application,
        "kind": kind,
        "section": spec,
        "items": shown(spec, application.payload, here),
        "errors": summary(here, spec),
        "steps": step_bar(application, kind, step, everything, actor=request.actor),
        "back_url": reverse("desk:step", args=[application.pk, before]) if before else "",
        "last": following(kind, step) == MATERIALS,
        "page": secrets.token_hex(8),
        "waiting": queries.set_aside(application, step, actor=request.actor),
        "aside": beside(application, local(timezone.now()).date()),
    }
    status = UNPROCESSABLE if here else 200
    return render(request, "desk/section.html", context, status=status)
