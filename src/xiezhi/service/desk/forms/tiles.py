"""The tile of one uploaded file: what it is, what the inspection found, how to take it away."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from markupsafe import Markup

from xiezhi.foundation.pages.components import UploadTile
from xiezhi.service.desk.models import Material

# A button of the category's own form: a form within a form is none.
REMOVE = Markup(
    '<button class="btn btn-plain" type="submit" formaction="{url}" formnovalidate'
    ' aria-label="移除{name}">移除</button>'
)


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not taken, why, and what to do."""

    category: str
    name: str
    size: int
    reason: str
    remedy: str


def tile(given: Material | RefusedFile) -> UploadTile:
    """Show a file that was taken, or one that was not."""
    if isinstance(given, RefusedFile):
        return UploadTile(
            name=given.name,
            state="refused",
            finding=given.reason,
            remedy=given.remedy,
            size=given.size,
        )
    url = reverse("desk:remove_material", args=[given.pk])
    return UploadTile(
        name=given.name,
        state="warned" if given.finding else "accepted",
        finding=given.finding,
        size=given.size,
        pages=given.pages,
        url=reverse("desk:material", args=[given.pk]),
        actions=REMOVE.format(url=url, name=given.name),
    )
