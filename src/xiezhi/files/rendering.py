"""Pictures of pages: what is shown is always made anew, never what was handed in."""

import os
from dataclasses import dataclass
from typing import Final

from xiezhi.files.errors import ContentDamaged
from xiezhi.files.inspection.limits import upload_limits
from xiezhi.files.memory import Reread, empty_memory
from xiezhi.files.models import Blob
from xiezhi.files.queries import open_blob
from xiezhi.files.sandbox.pool import POOL, Pool
from xiezhi.files.sandbox.protocol import MediaType, Render
from xiezhi.foundation.errors import NotFound

NARROWEST: Final = 64
WIDEST: Final = 2400
THUMBNAIL_WIDTH: Final = 240


@dataclass(frozen=True, slots=True)
class PageImage:
    """One picture, ready to be sent with its type and ``nosniff``."""

    media_type: str
    content: bytes


def page_image(blob: Blob, page: int, width: int, *, pool: Pool = POOL) -> PageImage:
    """Return the picture of one page, numbered from 1, at a width from 64 to 2,400 pixels.

    PNG for documents, JPEG for photographs; no metadata, no active content.
    Refuses: ``NotFound`` for a page that is not there; what ``open_blob`` refuses;
    ``ContentDamaged`` when the page cannot be drawn.
    """
    if not 1 <= page <= (blob.pages or 1):
        raise NotFound
    limits = upload_limits()
    task = Render(limits.for_child(), page, min(max(width, NARROWEST), WIDEST))
    with open_blob(blob) as content, empty_memory() as result:
        verdict = pool.run(task, Reread(content), result)
        if verdict.media_type not in {MediaType.PNG, MediaType.JPEG}:
            raise ContentDamaged(name=blob.name, blob_id=blob.pk)
        return PageImage(verdict.media_type, _content(result))


def thumbnail(blob: Blob) -> PageImage:
    """Return a small picture of the first page."""
    return page_image(blob, 1, THUMBNAIL_WIDTH)


def _content(descriptor: int) -> bytes:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)
