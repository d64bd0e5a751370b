"""What may be asked of blobs."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from uuid import UUID

import structlog

from xiezhi.files.errors import ContentDamaged, ContentGone, ContentHeld
from xiezhi.files.grants import GRANTS
from xiezhi.files.models import Blob, data_key_context
from xiezhi.files.permissions import BlobPermission
from xiezhi.files.sealing import OpenedContent
from xiezhi.files.states import BlobState
from xiezhi.files.storage import content_name, opened
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import visible
from xiezhi.security.algorithms import CryptoError
from xiezhi.security.keys import ring

log = structlog.get_logger(__name__)


def blob(actor: Actor, blob_id: UUID) -> Blob:
    """Return one blob that the actor may read. Refuses: ``NotFound``, also for another's."""
    seen = visible(GRANTS, BlobPermission.READ, actor)
    found = Blob.objects.filter(seen, pk=blob_id).first()
    if found is None:
        raise NotFound
    return found


def blobs(actor: Actor, blob_ids: Sequence[UUID]) -> list[Blob]:
    """Return those of the blobs that the actor may read, in the order asked for."""
    seen = visible(GRANTS, BlobPermission.READ, actor)
    found = {each.pk: each for each in Blob.objects.filter(seen, pk__in=blob_ids)}
    return [found[blob_id] for blob_id in blob_ids if blob_id in found]


def open_blob(found: Blob) -> OpenedContent:
    """Open the content of a blob that a query gave: seekable, decrypted as it is read.

    Holds about one mebibyte, whatever the size. The caller closes it.
    Refuses: ``ContentGone``; ``ContentHeld``; ``ContentDamaged`` when the file is missing or was
    changed, here or while reading: an incident that names the item.
    """
    if found.state == BlobState.DESTROYED:
        raise ContentGone
    if found.state == BlobState.HELD:
        raise ContentHeld(name=found.name)
    return open_kept(found)


def open_kept(found: Blob) -> OpenedContent:
    """Open a content that is kept, also one held back from people: for checks of the store.

    Refuses: ``ContentDamaged``, as ``open_blob``.
    """

    def damaged(error: Exception) -> ContentDamaged:
        log.error("stored content damaged", blob_id=str(found.pk), fault=type(error).__name__)
        return ContentDamaged(name=found.name, blob_id=found.pk)

    keys = ring()
    try:
        data_key = keys.unwrap_data_key(found.sealed_key, context=data_key_context(found.pk))
        with ExitStack() as opening:
            source = opening.enter_context(opened(content_name(found.pk)))
            content = OpenedContent(
                source,
                keys.suite.aead(data_key),
                found.pk,
                expected=found.digest,
                damaged=damaged,
            )
            opening.pop_all()  # the content closes its source from now on
            return content
    except (CryptoError, OSError) as error:
        raise damaged(error) from error


def every_kept_blob(actor: Actor) -> Iterator[Blob]:
    """Yield every blob that is to have its content, for a check of the whole store."""
    seen = visible(GRANTS, BlobPermission.READ, actor)
    kept = Blob.objects.filter(seen).exclude(state=BlobState.DESTROYED)
    return kept.order_by("pk").iterator(chunk_size=500)
