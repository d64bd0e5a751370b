"""Contents of blobs, for pages that have asked the desk's own queries who may see them.

What the court disclosed bears no owner in ``files``; the desk knows whose it is, so it opens the
content as the system once its own query has found the row for the actor.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from xiezhi.files.queries import blob, open_blob
from xiezhi.files.rendering import PageImage, page_image
from xiezhi.files.sealing import OpenedContent
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting

READER: Final = Actor.system("desk.show-document")
WIDTH: Final = 1400


def opened(blob_id: UUID) -> OpenedContent:
    """Open a content to be downloaded; the response closes it."""
    with acting(READER):
        return open_blob(blob(READER, blob_id))


def page_picture(blob_id: UUID, number: int) -> PageImage:
    """Draw one page."""
    with acting(READER):
        return page_image(blob(READER, blob_id), number, WIDTH)
