"""The one door through which a blob changes state."""

from datetime import datetime

from xiezhi.files.actions._record import record
from xiezhi.files.grants import GRANTS
from xiezhi.files.models import Blob
from xiezhi.files.states import BLOB, BlobState
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require

_EVENTS = {
    "hold": "files.blob_held",
    "release": "files.blob_released",
    "destroy": "files.blob_destroyed",
}


def move(blob: Blob, move_name: str, *, actor: Actor, at: datetime, **changes: object) -> None:
    """Take the move ``move_name``: arrow, actor, row and event, together or not at all.

    The caller holds the row lock. Refuses: ``MoveRefused``; ``Forbidden``.
    """
    step = BLOB.take(move_name, BlobState(blob.state))
    require(GRANTS, step.permission, actor, blob)
    blob.state = step.target
    for field, value in changes.items():
        setattr(blob, field, value)
    blob.save(update_fields=["state", *changes])
    record(_EVENTS[move_name], blob, actor=actor, at=at)
