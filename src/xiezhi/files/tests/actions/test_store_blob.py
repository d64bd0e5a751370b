"""Store a content: inspected, encrypted, one row, one file, or nothing."""

import hashlib
import io
from pathlib import Path

import pytest

from xiezhi.files.actions.store_blob import store_blob
from xiezhi.files.inspection.refusals import FileTypeRefused
from xiezhi.files.models import Blob
from xiezhi.files.states import BlobState
from xiezhi.files.tests import samples
from xiezhi.files.tests.conftest import AT
from xiezhi.files.tests.stored import SYSTEM, clerk, stored
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.queries import AuditFilter, entries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def files(site: Path) -> list[Path]:
    return [path for path in (site / "blobs").rglob("*") if path.is_file()]


def test_store_blob_keeps_what_is_known_about_the_content(site: Path) -> None:
    content = samples.pdf(3)
    blob = stored(content, name="C:\\证据\\借条.pdf")
    assert (blob.name, blob.media_type, blob.pages) == ("借条.pdf", "application/pdf", 3)
    assert (blob.size, blob.state) == (len(content), BlobState.STORED)
    assert blob.digest == hashlib.new("sm3", content).hexdigest()
    digits = blob.pk.hex
    assert files(site) == [site / "blobs" / digits[-2:] / digits[-4:-2] / str(blob.pk)]


def test_store_blob_writes_ciphertext_only_for_its_owner(site: Path) -> None:
    content = samples.picture("JPEG", size=(1500, 1500))
    stored(content)
    (file,) = files(site)
    assert file.stat().st_mode & 0o777 == 0o600
    kept = file.read_bytes()
    assert content[1000:1032] not in kept
    assert len(kept) == len(content) + 11 + 16


def test_store_blob_gives_the_same_content_two_keys(site: Path) -> None:
    first, second = stored(samples.pdf()), stored(samples.pdf())
    assert first.pk != second.pk
    assert bytes(first.wrapped_key) != bytes(second.wrapped_key)
    assert len({path.read_bytes() for path in files(site)}) == 2


def test_store_blob_that_is_refused_leaves_nothing(site: Path) -> None:
    with pytest.raises(FileTypeRefused):
        stored(b"<html></html>")
    with acting(SYSTEM):
        assert Blob.objects.count() == 0
    assert files(site) == []


def test_store_blob_serves_the_owner_and_the_court() -> None:
    person = Actor.person(uuid7())
    assert stored(owner_id=person.account_id, court_id="", actor=person).court_id == ""
    assert stored(actor=clerk()).court_id == "示01"


@pytest.mark.parametrize("actor", [Actor.person(uuid7()), clerk("示02"), ANONYMOUS])
def test_store_blob_for_somebody_else_is_refused(actor: Actor, site: Path) -> None:
    with pytest.raises(Forbidden):
        stored(owner_id=uuid7(), actor=actor)
    assert files(site) == []


def test_store_blob_is_audited_without_its_name() -> None:
    blob = stored(name="张三的病历.pdf")
    (entry,) = entries(SYSTEM, AuditFilter(subject_id=blob.pk))
    assert (entry.act, entry.at) == ("files.blob_stored", AT)
    assert "张三" not in str(entry.facts)


def test_store_blob_makes_names_safe_to_show() -> None:
    assert stored(name="../../etc/passwd").name == "passwd"
    assert stored(name="\u202efdp.exe\n.pdf").name == "fdp.exe.pdf"
    assert stored(name="\x00").name == "未命名文件"
    assert len(stored(name="长" * 500).name) == 200


def test_store_blob_reads_streams_of_any_step() -> None:
    class Trickle(io.BytesIO):
        """A source that gives seven bytes at a time."""

        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(7 if size is None or size < 0 else min(7, size))

    content = samples.picture("PNG")
    with acting(SYSTEM):
        blob = store_blob(stream=Trickle(content), name="a", court_id="示01", at=AT, actor=SYSTEM)
    assert blob.size == len(content)
