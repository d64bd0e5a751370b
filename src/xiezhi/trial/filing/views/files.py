"""Contents of materials and documents: the file itself, and pictures of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from xiezhi.casework import queries
from xiezhi.files.queries import blob as blob_of
from xiezhi.files.queries import open_blob
from xiezhi.files.rendering import page_image
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.transactions import acting
from xiezhi.identity.staff.doors import in_post

if TYPE_CHECKING:
    from uuid import UUID

# The query has decided who may read; the blob itself is fetched in the desk's name.
READER: Final = Actor.system("trial.filing.read")
PAGE_WIDTH: Final = 1400


@in_post
@require_GET
def material(request: DoorRequest, intake_id: UUID, material_id: UUID) -> HttpResponseBase:
    """Send a material as it was handed in."""
    found = queries.intake_material(intake_id, material_id, actor=request.actor)
    return _send(request, found.blob_id, found.name)


@in_post
@require_GET
def material_page(
    request: DoorRequest, intake_id: UUID, material_id: UUID, page: int
) -> HttpResponse:
    """Send the picture of one page of a material."""
    found = queries.intake_material(intake_id, material_id, actor=request.actor)
    if found.blob_id is None or not 1 <= page <= found.pages:
        raise NotFound
    with acting(READER):
        picture = page_image(blob_of(READER, found.blob_id), page, PAGE_WIDTH)
    return HttpResponse(picture.content, content_type=str(picture.media_type))


@in_post
@require_GET
def document(request: DoorRequest, case_id: UUID, document_id: UUID) -> HttpResponseBase:
    """Send a document of the e-file; ``?download`` saves it instead of showing it."""
    found = queries.document(case_id, document_id, actor=request.actor)
    return _send(request, found.blob_id, found.name)


def _send(request: DoorRequest, blob_id: UUID | None, name: str) -> HttpResponseBase:
    if blob_id is None:
        raise NotFound
    with acting(READER):
        held = blob_of(READER, blob_id)
        return FileResponse(
            open_blob(held),
            content_type=held.media_type,
            filename=name,
            as_attachment="download" in request.GET,
        )
