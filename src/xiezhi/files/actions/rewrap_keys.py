"""After a rotation of the master key: wrap the data keys of blobs anew."""

from django.db import transaction

from xiezhi.files.models import Blob, data_key_context
from xiezhi.files.states import BlobState
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.security.keys import ring


@transaction.atomic
def rewrap_keys(*, limit: int) -> int:
    """Wrap up to ``limit`` data keys under the current master key; return how many, 0 at the end.

    Contents are not touched. Idempotence and locks: locked rows are left for the next batch.
    """
    keys = ring()
    current = keys.master.current.version
    with acting(Actor.system("files.rewrap")):
        rows = (
            Blob.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(key_version__lt=current)
            .exclude(state=BlobState.DESTROYED)
            .order_by("pk")[:limit]
        )
        done = 0
        for blob in rows:
            context = data_key_context(blob.pk)
            data_key = keys.unwrap_data_key(blob.sealed_key, context=context)
            wrapped = keys.wrap_data_key(data_key, context=context)
            blob.key_version, blob.wrapped_key = wrapped.version, wrapped.wrapped
            blob.save(update_fields=["key_version", "wrapped_key"])
            done += 1
        return done
