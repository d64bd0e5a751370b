"""Take a file: inspect it, encrypt it under a key of its own, store it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.files.actions._record import record
from xiezhi.files.grants import GRANTS
from xiezhi.files.inspection import upload_limits
from xiezhi.files.inspection.incoming import Incoming
from xiezhi.files.inspection.inspect import judge
from xiezhi.files.memory import Reread, Source
from xiezhi.files.models import Blob, data_key_context
from xiezhi.files.names import shown_name
from xiezhi.files.permissions import BlobPermission
from xiezhi.files.sealing import SealedFile, content_context
from xiezhi.files.storage import content_name, content_store, opened
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.permissions import require
from xiezhi.security.algorithms import Aead, ChunkedReader
from xiezhi.security.keys import ring


@transaction.atomic
def store_blob(
    *,
    stream: Source,
    name: str,
    owner_id: UUID | None = None,
    court_id: str = "",
    limit: int | None = None,
    at: datetime,
    actor: Actor,
) -> Blob:
    """Inspect and store what ``stream`` yields; the plaintext never touches a disk.

    The content is encrypted as it comes, and the inspection reads it back through its seal:
    memory is a few blocks, for any size. ``limit`` is the largest size taken in place of the
    site's own for uploads. The file is written before the row: a power cut in between leaves an
    encrypted file whose key nobody has, which ``sweep_store`` removes.
    Refuses: one of ``inspection.refusals``; ``Forbidden`` unless for the actor's own account or
    court.
    """
    name, limits = shown_name(name), upload_limits()
    if limit is not None:
        limits = replace(limits, size=limit)
    blob = Blob(id=uuid7(), owner_id=owner_id, court_id=court_id, name=name, created_at=at)
    require(GRANTS, BlobPermission.STORE, actor, blob)
    content = Incoming(stream, name=name, limits=limits)
    aead = _new_key(blob)
    try:
        content_store().save(content_name(blob.pk), SealedFile(content.blocks(), aead, blob.pk))
        with opened(content_name(blob.pk)) as file:
            sealed = Reread(ChunkedReader(file, aead, context=content_context(blob.pk)))
            finding = judge(sealed, name=name, limits=limits)
        blob.media_type, blob.pages = finding.media_type, finding.pages
        blob.size, blob.digest = content.size, content.digest
        blob.save(force_insert=True)
        record("files.blob_stored", blob, actor=actor, at=at)
    except BaseException:
        content_store().delete(content_name(blob.pk))
        raise
    return blob


def _new_key(blob: Blob) -> Aead:
    keys = ring()
    data_key = keys.suite.new_key()
    wrapped = keys.wrap_data_key(data_key, context=data_key_context(blob.pk))
    blob.key_version, blob.wrapped_key = wrapped.version, wrapped.wrapped
    return keys.suite.aead(data_key)
