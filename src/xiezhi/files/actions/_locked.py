"""Lock the row of a blob."""

from uuid import UUID

from xiezhi.files.models import Blob
from xiezhi.foundation.errors import NotFound


def locked(blob_id: UUID) -> Blob:
    """Return the blob, locked until the transaction ends. Refuses: ``NotFound``."""
    blob = Blob.objects.select_for_update(no_key=True).filter(pk=blob_id).first()
    if blob is None:
        raise NotFound
    return blob
