"""Give a held content free."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.files.actions._locked import locked
from xiezhi.files.actions._move import move
from xiezhi.files.models import Blob
from xiezhi.foundation.actors import Actor


@transaction.atomic
def release_blob(*, blob_id: UUID, actor: Actor, at: datetime) -> Blob:
    """Let the blob be opened again.

    Refuses: ``NotFound``; ``MoveRefused`` unless held; ``Forbidden``.
    """
    blob = locked(blob_id)
    move(blob, "release", actor=actor, at=at, reason="")
    return blob
