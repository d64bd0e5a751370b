"""The exchange's one door to ``files``: facts, content and storing of attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiezhi.exchange.envelope.message import AttachmentFacts
from xiezhi.exchange.envelope.part import Label
from xiezhi.exchange.limits import attachment_limit
from xiezhi.files import queries
from xiezhi.files.actions.store_blob import store_blob
from xiezhi.files.memory import Source
from xiezhi.files.models import Blob
from xiezhi.files.sealing import OpenedContent
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound


def facts_of(actor: Actor, blob_ids: Sequence[UUID]) -> list[AttachmentFacts]:
    """Describe blobs as attachments, in the order given.

    Refuses: ``NotFound`` when one is not there or not the actor's.
    """
    if not blob_ids:
        return []
    found = queries.blobs(actor, blob_ids)
    if len(found) != len(blob_ids):
        raise NotFound
    return [
        AttachmentFacts(
            id=each.pk,
            digest=bytes.fromhex(each.digest),
            size=each.size,
            media_type=each.media_type,
            pages=each.pages,
        )
        for each in found
    ]


@dataclass(frozen=True, slots=True)
class Content:
    """One blob's content, opened, and what the receiver is told of it."""

    size: int
    label: Label
    stream: OpenedContent


def content_of(actor: Actor, blob_id: UUID) -> Content:
    """Open a blob for streaming. Refuses: ``NotFound``, and what ``open_blob`` refuses."""
    blob = queries.blob(actor, blob_id)
    label = Label(name=blob.name, media_type=blob.media_type, pages=blob.pages)
    return Content(blob.size, label, queries.open_blob(blob))


def store(stream: Source, label: Label, *, at: datetime, actor: Actor) -> Blob:
    """Store what a peer sent, inspected like every upload. Refuses: ``FileRefused``."""
    return store_blob(stream=stream, name=label.name, limit=attachment_limit(), at=at, actor=actor)
