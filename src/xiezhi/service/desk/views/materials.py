"""The step of the wizard where materials are given."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from xiezhi.contracts import kinds
from xiezhi.contracts.kinds import MaterialCategory
from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.middleware import DoorRequest, note
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import FieldError, UploadArea, UploadTile
from xiezhi.foundation.pages.formats import local
from xiezhi.identity.login.doors import signed_in
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions.attach_material import attach_material
from xiezhi.service.desk.actions.checks.materials import missing
from xiezhi.service.desk.actions.checks.payload import findings
from xiezhi.service.desk.actions.remove_material import remove_material
from xiezhi.service.desk.forms.tiles import RefusedFile, tile
from xiezhi.service.desk.models import Application, Material
from xiezhi.service.desk.views.steps import MATERIALS, REVIEW, preceding, step_bar

ACCEPT = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@signed_in
def materials_page(request: DoorRequest, application_id: UUID) -> HttpResponse:
    """Show the categories with what was given; on POST take files and go on."""
    if request.method == "GET":
        application = queries.application(application_id, actor=request.actor)
        if not application.is_draft:
            return redirect("desk:matter", application_id)
        return _page(request, application)
    application = queries.application(application_id, actor=request.actor)
    refused: list[RefusedFile] = []
    for category in kinds.get(application.kind).materials:
        for file in request.FILES.getlist(category.code):
            result = _attach(request, application, category.code, file)
            refused += [result] if isinstance(result, RefusedFile) else []
    if refused or request.POST.get("act") == "stay":
        return _page(request, application, refused)
    if request.POST.get("act") == "leave":
        return redirect("desk:matters")
    present = [each.category for each in queries.materials(application, actor=request.actor)]
    if missing(kinds.get(application.kind), present):
        return _page(request, application, checked=True)
    return redirect("desk:step", application_id, REVIEW)


@require_POST
@signed_in
def upload(request: DoorRequest, application_id: UUID, category: str) -> HttpResponse:
    """Take one file and answer with its tile, which says what the inspection found."""
    application = queries.application(application_id, actor=request.actor)
    file = request.FILES.get(category)
    if file is None:
        return HttpResponse(status=UNPROCESSABLE)
    result = _attach(request, application, category, file)
    status = UNPROCESSABLE if isinstance(result, RefusedFile) else 200
    return render(request, "desk/tile.html", {"tile": tile(result)}, "tile", status)


@require_POST
@signed_in
def remove(request: DoorRequest, material_id: UUID) -> HttpResponse:
    """Remove a material and show the step again."""
    gone = remove_material(material_id=material_id, actor=request.actor, at=timezone.now())
    return redirect("desk:step", gone.application_id, MATERIALS)


def _attach(
    request: DoorRequest, application: Application, category: str, file: UploadedFile[bytes]
) -> Material | RefusedFile:
    """Attach one file; a refusal concerns this file alone and leaves the others."""
    name = file.name or "未命名"
    try:
        return attach_material(
            application_id=application.pk,
            category=category,
            stream=file,
            name=name,
            actor=request.actor,
            at=timezone.now(),
        )
    except Refusal as refusal:
        note(request, refusal)
        return RefusedFile(category, name, file.size or 0, str(refusal), refusal.next_step)


def _page(
    request: DoorRequest,
    application: Application,
    refused: list[RefusedFile] | None = None,
    *,
    checked: bool = False,
) -> HttpResponse:
    kind = kinds.get(application.kind)
    given = queries.materials(application, actor=request.actor)
    absent = missing(kind, [each.category for each in given]) if checked else []
    lacking = {one.field: one.message for one in absent}
    shown: list[Material | RefusedFile] = [*given, *(refused or [])]
    tiles = {
        category.code: [tile(each) for each in shown if each.category == category.code]
        for category in kind.materials
    }
    areas = [
        _area(application, category, tiles[category.code], lacking.get(category.code, ""))
        for category in kind.materials
    ]
    everything = findings(kind, application.payload, on=local(timezone.now()).date())
    context = {
        "application": application,
        "kind": kind,
        "areas": areas,
        "count": len(given),
        "errors": [
            FieldError(name=f"{MATERIALS}-{one.field}", label=one.label, message=one.message)
            for one in absent
        ],
        "steps": step_bar(application, kind, MATERIALS, everything, actor=request.actor),
        "back_url": reverse("desk:step", args=[application.pk, preceding(kind, MATERIALS)]),
    }
    status = UNPROCESSABLE if absent or refused else 200
    return render(request, "desk/materials.html", context, status=status)


def _area(
    application: Application, category: MaterialCategory, tiles: list[UploadTile], error: str
) -> UploadArea:
    return UploadArea(
        name=category.code,
        label=category.label,
        upload_url=reverse("desk:upload", args=[application.pk, category.code]),
        accept=ACCEPT,
        help=category.help,
        basis=category.basis,
        error=error,
        required=category.required,
        tiles=tiles,
        identifier=f"field-{MATERIALS}-{category.code}",
    )
