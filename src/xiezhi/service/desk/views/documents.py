"""Materials and disclosed documents: pages as pictures, and the PDF itself."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.formats import moment
from xiezhi.identity.login.doors import signed_in
from xiezhi.service.desk import queries
from xiezhi.service.desk.pictures import opened, page_picture


@require_safe
@signed_in
def material(request: DoorRequest, material_id: UUID) -> HttpResponse:
    """Show a material page by page."""
    found = queries.material(material_id, actor=request.actor)
    application = found.application
    back = "desk:materials" if application.is_draft else "desk:matter"
    context = {
        "title": found.name,
        "lead": "",
        "body": "",
        "download_url": "",
        "back_url": reverse(back, args=[application.pk]),
        "pages": [
            reverse("desk:material_page", args=[found.pk, number])
            for number in range(1, found.pages + 1)
        ],
    }
    return render(request, "desk/viewing.html", context)


@require_safe
@signed_in
def material_page(request: DoorRequest, material_id: UUID, number: int) -> HttpResponse:
    """Give one page of a material as a picture."""
    found = queries.material(material_id, actor=request.actor)
    return _picture(found.blob_id, number, found.pages)


@require_safe
@signed_in
def disclosure(request: DoorRequest, disclosure_id: UUID) -> HttpResponse:
    """Show what the court disclosed, its document page by page."""
    found = queries.disclosure(disclosure_id, actor=request.actor)
    count = (found.pages or 0) if found.blob_id else 0
    numbers = range(1, count + 1)
    context = {
        "title": found.title,
        "lead": f"{moment(found.published_at)}发出",
        "body": found.body,
        "download_url": (
            reverse("desk:download_disclosure", args=[found.pk]) if found.blob_id else ""
        ),
        "back_url": reverse("desk:matter", args=[found.application_id]),
        "pages": [reverse("desk:disclosure_page", args=[found.pk, n]) for n in numbers],
    }
    return render(request, "desk/viewing.html", context)


@require_safe
@signed_in
def disclosure_page(request: DoorRequest, disclosure_id: UUID, number: int) -> HttpResponse:
    """Give one page of a disclosed document as a picture."""
    found = queries.disclosure(disclosure_id, actor=request.actor)
    if found.blob_id is None:
        raise NotFound
    return _picture(found.blob_id, number, found.pages or 1)


@require_safe
@signed_in
def download(request: DoorRequest, disclosure_id: UUID) -> HttpResponseBase:
    """Give a disclosed document as the PDF that the court issued."""
    found = queries.disclosure(disclosure_id, actor=request.actor)
    if found.blob_id is None:
        raise NotFound
    response = FileResponse(
        opened(found.blob_id),
        as_attachment=True,
        filename=found.document_name or f"{found.title}.pdf",
        content_type=found.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _picture(blob_id: UUID, number: int, pages: int) -> HttpResponse:
    if not 1 <= number <= pages:
        raise NotFound
    picture = page_picture(blob_id, number)
    response = HttpResponse(picture.content, content_type=picture.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
