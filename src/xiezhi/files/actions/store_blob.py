"""Take a file: inspect it, encrypt it under a key of its own, store it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.files.actions._record import record
from xiezhi.files.grants import GRANTS
from xiezhi.files.inspection import Finding, upload_limits
from xiezhi.files.inspection.inspect import held_upload, judge
from xiezhi.files.memory import Held, Source
from xiezhi.files.models import Blob, data_key_context
from xiezhi.files.names import shown_name
from xiezhi.files.permissions import BlobPermission
from xiezhi.files.sealing import SealedFile, digest_of
from xiezhi.files.storage import content_name, content_store
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.permissions import require
from xiezhi.security.keys import ring


@transaction.atomic
def store_blob(
    *,
    stream: Source,
    name: str,
    owner_id: UUID | None = None,
    court_id: str = "",
    at: datetime,
    actor: Actor,
) -> Blob:
    """Inspect and store what ``stream`` yields; the plaintext never touches a disk.

    The file is written before the row: a power cut in between leaves an encrypted file whose key
    nobody has, which ``sweep_store`` removes.
    Refuses: one of ``inspection.refusals``; ``Forbidden`` unless for the actor's own account or
    court.
    """
    name, limits = shown_name(name), upload_limits()
    blob = Blob(id=uuid7(), owner_id=owner_id, court_id=court_id, name=name, created_at=at)
    require(GRANTS, BlobPermission.STORE, actor, blob)
    with held_upload(stream, name=name, limits=limits) as held:
        finding = judge(held, name=name, limits=limits)
        _write(blob, held, finding)
    blob.save(force_insert=True)
    record("files.blob_stored", blob, actor=actor, at=at)
    return blob


def _write(blob: Blob, held: Held, finding: Finding) -> None:
    keys = ring()
    data_key = keys.suite.new_key()
    wrapped = keys.wrap_data_key(data_key, context=data_key_context(blob.pk))
    blob.key_version, blob.wrapped_key = wrapped.version, wrapped.wrapped
    blob.media_type, blob.pages, blob.size = finding.media_type, finding.pages, held.size
    blob.digest = digest_of(held.blocks())
    sealed = SealedFile(held.blocks(), keys.suite.aead(data_key), blob.pk)
    content_store().save(content_name(blob.pk), sealed)
