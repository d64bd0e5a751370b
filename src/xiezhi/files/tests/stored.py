"""Blobs for tests."""

import io
from uuid import UUID

from xiezhi.files.actions.store_blob import store_blob
from xiezhi.files.models import Blob
from xiezhi.files.tests import samples
from xiezhi.files.tests.conftest import AT
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting

SYSTEM = Actor.system("test")
COURT = "示01"


def clerk(unit_id: str = COURT) -> Actor:
    """Name a member of staff."""
    return Actor.staff(uuid7(), post_id=uuid7(), unit_id=unit_id, roles=frozenset())


def stored(
    content: bytes | None = None,
    *,
    name: str = "借条.pdf",
    owner_id: UUID | None = None,
    court_id: str = COURT,
    actor: Actor = SYSTEM,
) -> Blob:
    """Store a content as ``actor``."""
    stream = io.BytesIO(samples.pdf(2) if content is None else content)
    with acting(actor):
        return store_blob(
            stream=stream, name=name, owner_id=owner_id, court_id=court_id, at=AT, actor=actor
        )
