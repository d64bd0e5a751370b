"""Remove files that belong to no content: what a power cut left behind."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from xiezhi.files.models import Blob
from xiezhi.files.states import BlobState
from xiezhi.files.storage import FolderStorage, content_store
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting

QUIET_SECONDS: Final = 24 * 3600
"""A younger file may belong to a transaction that is still open."""

_BATCH: Final = 1000


def sweep_store(*, at: datetime) -> int:
    """Delete unfinished files, files without a row, files of destroyed blobs; return how many.

    Works on the folder store; other stores have life-cycle rules of their own. Idempotent.
    """
    store = content_store()
    if not isinstance(store, FolderStorage):
        return 0
    now = at.timestamp()
    old = (name for name in store.names() if store.age_seconds(name, now) > QUIET_SECONDS)
    removed = 0
    for batch in _batches(old):
        for name in batch - _wanted(batch):
            store.delete(name)
            removed += 1
    return removed


def _wanted(names: Iterable[str]) -> set[str]:
    by_id = {blob_id: name for name in names if (blob_id := _blob_id(name))}
    with acting(Actor.system("files.sweep")):
        alive = Blob.objects.filter(pk__in=by_id).exclude(state=BlobState.DESTROYED)
        return {by_id[blob_id] for blob_id in alive.values_list("pk", flat=True)}


def _blob_id(name: str) -> UUID | None:
    try:
        return UUID(name.rsplit("/", 1)[-1])
    except ValueError:
        return None


def _batches(names: Iterator[str]) -> Iterator[set[str]]:
    while batch := set(islice(names, _BATCH)):
        yield batch
