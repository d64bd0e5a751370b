"""The store writes whole files once, keeps keys current, and is swept of what was left behind."""

import io
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from pytest_django.fixtures import Settings

from xiezhi.files.actions.destroy_blob import destroy_blob
from xiezhi.files.actions.rewrap_keys import rewrap_keys
from xiezhi.files.actions.sweep_store import sweep_store
from xiezhi.files.models import Blob
from xiezhi.files.queries import blob as find_blob
from xiezhi.files.queries import open_blob
from xiezhi.files.sealing import SealedFile
from xiezhi.files.storage import FolderStorage, content_name, content_store
from xiezhi.files.tests.conftest import AT
from xiezhi.files.tests.stored import SYSTEM, stored
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.security.algorithms import NATIONAL
from xiezhi.security.keys.rotation import rotate_master


def test_folder_storage_never_writes_over(tmp_path: Path) -> None:
    store = FolderStorage(tmp_path)
    store.save("aa/bb/x", ContentFile(b"one"))
    with pytest.raises(FileExistsError):
        store.save("aa/bb/x", ContentFile(b"two"))
    with store.open("aa/bb/x") as kept:
        assert kept.read() == b"one"
    assert list(store.names()) == ["aa/bb/x"]


def test_folder_storage_leaves_nothing_of_a_write_that_failed(tmp_path: Path) -> None:
    class Broken(File):  # type: ignore[type-arg]
        """A content that ends in an error."""

        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"[:chunk_size]
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        FolderStorage(tmp_path).save("aa/bb/x", Broken(io.BytesIO()))
    assert list(FolderStorage(tmp_path).names()) == []


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "aa/../../x"])
def test_folder_storage_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="in the store"):
        FolderStorage(tmp_path / "blobs").open(name)


def test_sealed_file_is_the_same_pulled_or_pushed() -> None:
    aead, blob_id = NATIONAL.aead(b"k" * 16), uuid7()
    blocks = [b"x" * 700_000, b"y" * 700_000]
    pushed = b"".join(SealedFile(blocks, aead, blob_id).chunks())
    pulled = SealedFile(blocks, aead, blob_id)
    parts = []
    while part := pulled.read(99_999):
        parts.append(part)
    assert len(b"".join(parts)) == len(pushed) == 1_400_000 + 11 + 2 * 16
    assert len(SealedFile(blocks, aead, blob_id).read()) == len(pushed)


@pytest.mark.django_db
def test_content_store_can_be_another_storage(site: Path, settings: Settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "blobs": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": site / "elsewhere"},
        },
    }
    assert isinstance(content_store(), FileSystemStorage)
    blob = stored()
    assert (site / "elsewhere" / content_name(blob.pk)).exists()
    with open_blob(blob) as content:
        assert len(content.read()) == blob.size
    assert sweep_store(at=AT) == 0


@pytest.mark.django_db
def test_rewrap_keys_follows_a_rotation_of_the_master_key(site: Path) -> None:
    kept = [stored() for _ in range(3)]
    with acting(SYSTEM):
        destroy_blob(blob_id=kept[0].pk, reason="x", actor=SYSTEM, at=AT)
    assert rewrap_keys(limit=10) == 0
    rotate_master(site / "keys", AT)
    with open_blob(kept[1]) as content:
        assert len(content.read()) == kept[1].size
    assert [rewrap_keys(limit=1) for _ in range(3)] == [1, 1, 0]
    with acting(SYSTEM):
        assert sorted(Blob.objects.values_list("key_version", flat=True)) == [1, 2, 2]
        renewed = find_blob(SYSTEM, kept[2].pk)
    with open_blob(renewed) as content:
        assert len(content.read()) == kept[2].size


@pytest.mark.django_db
def test_sweep_store_removes_only_what_belongs_to_nobody(site: Path) -> None:
    alive, destroyed = stored(), stored()
    with acting(SYSTEM):
        destroy_blob(blob_id=destroyed.pk, reason="x", actor=SYSTEM, at=AT)
    store = FolderStorage(site / "blobs")
    orphan, fresh = content_name(uuid7()), content_name(uuid7())
    for name in (orphan, f"{orphan}.tmp", fresh):
        store.save(name, ContentFile(b"noise"))
    now = AT + timedelta(days=30)
    for name in store.names():
        age = 60 if name == fresh else 2 * 86_400
        os.utime(store.path(name), (now.timestamp() - age,) * 2)
    assert sweep_store(at=now) == 3
    assert sorted(store.names()) == sorted([content_name(alive.pk), fresh])
    assert sweep_store(at=now) == 0
