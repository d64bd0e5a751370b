"""Hold a content back until somebody has looked into it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.files.actions._locked import locked
from xiezhi.files.actions._move import move
from xiezhi.files.models import Blob
from xiezhi.foundation.actors import Actor


@transaction.atomic
def hold_blob(*, blob_id: UUID, reason: str, actor: Actor, at: datetime) -> Blob:
    """Let nobody open the blob; ``reason`` is a dotted code.

    Refuses: ``NotFound``; ``MoveRefused`` unless stored; ``Forbidden``.
    """
    blob = locked(blob_id)
    move(blob, "hold", actor=actor, at=at, reason=reason)
    return blob
