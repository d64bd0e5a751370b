"""The exchange's one door to ``files``: facts, content and storing of attachments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from xiezhi.exchange.envelope.bulk import Label
from xiezhi.exchange.envelope.message import AttachmentFacts
from xiezhi.files.models import Blob
from xiezhi.foundation.actors import Actor


def facts_of(blob_ids: Sequence[UUID]) -> list[AttachmentFacts]:
    """Describe blobs as attachments, in the order given.

    Refuses: ``Blob.DoesNotExist`` when one is not there (or is not the actor's).
    """
    if not blob_ids:
        return []
    found = Blob.objects.in_bulk(list(blob_ids))
    return [
        AttachmentFacts(
            id=found[each].id,
            digest=bytes.fromhex(found[each].digest),
            size=found[each].size,
            media_type=found[each].media_type,
            pages=found[each].pages,
        )
        for each in blob_ids
    ]


@dataclass(frozen=True, slots=True)
class Content:
    """One blob's content and what the receiver is told of it."""

    size: int
    label: Label
    open: Callable[[], AbstractContextManager[BinaryIO]]


def content_of(blob_id: UUID) -> Content:
    """Return what is needed to stream a blob. Refuses: ``Blob.DoesNotExist``."""
    from xiezhi.files.queries import open_blob  # noqa: PLC0415 - until files stands

    blob = Blob.objects.get(pk=blob_id)
    label = Label(name=blob.name, media_type=blob.media_type, pages=blob.pages)
    return Content(blob.size, label, lambda: open_blob(blob))


def store(stream: BinaryIO, label: Label, *, at: datetime, actor: Actor) -> Blob:
    """Store what a peer sent, inspected like every upload. Refuses: what the inspection refuses."""
    from xiezhi.files.actions import store_blob  # noqa: PLC0415 - until files stands

    return store_blob(stream=stream, name=label.name, at=at, actor=actor)
