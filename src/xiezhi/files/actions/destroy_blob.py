"""Destroy a content: its key at once, its file after commit; the trace stays."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.files.actions._locked import locked
from xiezhi.files.actions._move import move
from xiezhi.files.models import Blob
from xiezhi.files.storage import content_name, content_store
from xiezhi.foundation.actors import Actor


@transaction.atomic
def destroy_blob(*, blob_id: UUID, reason: str, actor: Actor, at: datetime) -> Blob:
    """Delete key, name and file of a blob.

    ``reason`` is a dotted code, kept with the trace. The file goes once the transaction is
    safe; ``sweep_store`` removes it if the power fails just then.
    Basis: 个人信息保护法 47. Refuses: ``NotFound``; ``MoveRefused``; ``Forbidden``.
    """
    blob = locked(blob_id)
    move(
        blob,
        "destroy",
        actor=actor,
        at=at,
        wrapped_key=b"",
        name="",
        reason=reason,
        destroyed_at=at,
    )
    transaction.on_commit(lambda: content_store().delete(content_name(blob_id)))
    return blob
