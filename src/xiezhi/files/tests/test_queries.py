"""A content is opened by those who may, whole, and its damage is an incident."""

import tracemalloc
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection

from xiezhi.files.errors import ContentDamaged
from xiezhi.files.models import Blob
from xiezhi.files.queries import blob as find_blob
from xiezhi.files.queries import blobs, open_blob
from xiezhi.files.storage import content_name
from xiezhi.files.tests import samples
from xiezhi.files.tests.stored import SYSTEM, clerk, stored
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.middleware import REFUSAL_HOOKS
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.queries import AuditFilter, entries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
PERSON = Actor.person(uuid7())


def file_of(site: Path, blob: Blob) -> Path:
    return site / "blobs" / content_name(blob.pk)


def test_open_blob_gives_back_what_was_stored() -> None:
    content = samples.picture("PNG", size=(2000, 1500), compress_level=0)
    assert len(content) > 3 << 20
    blob = stored(content)
    with open_blob(blob) as opened:
        assert opened.size == len(content)
        assert opened.read() == content
    with open_blob(blob) as opened:
        assert b"".join(opened.blocks()) == content
    with open_blob(blob) as opened:
        opened.seek(2_000_000)
        assert opened.read(1000) == content[2_000_000:2_001_000]


def test_open_blob_holds_a_constant_amount_of_memory() -> None:
    blob = stored(samples.picture("PNG", size=(3000, 2500), compress_level=0))
    assert blob.size > 20 << 20
    tracemalloc.start()
    with open_blob(blob) as opened:
        assert sum(len(block) for block in opened.blocks()) == blob.size
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 << 20


@pytest.mark.parametrize("position", [0, 5, 30, -1])
def test_open_blob_refuses_a_changed_file(site: Path, position: int) -> None:
    blob = stored(name="借条.pdf")
    path = file_of(site, blob)
    changed = bytearray(path.read_bytes())
    changed[position] ^= 1
    path.write_bytes(changed)
    with pytest.raises(ContentDamaged, match="借条"), open_blob(blob) as opened:
        opened.read()


def test_open_blob_refuses_a_missing_cut_or_foreign_file(site: Path) -> None:
    first, second = stored(), stored()
    file_of(site, first).write_bytes(file_of(site, second).read_bytes())
    with pytest.raises(ContentDamaged):
        open_blob(first)
    file_of(site, second).write_bytes(file_of(site, second).read_bytes()[:-1])
    with pytest.raises(ContentDamaged):
        open_blob(second)
    file_of(site, second).unlink()
    with pytest.raises(ContentDamaged):
        open_blob(second)


def test_open_blob_refuses_another_digest_at_the_end() -> None:
    blob = stored()
    blob.digest = "0" * 64
    with open_blob(blob) as opened, pytest.raises(ContentDamaged):
        opened.read()


def test_damage_is_recorded_as_an_incident(site: Path) -> None:
    blob = stored()
    file_of(site, blob).unlink()
    with pytest.raises(ContentDamaged) as refused:
        open_blob(blob)
    request_id = uuid4()
    actor = clerk()
    with acting(actor):
        for hook in REFUSAL_HOOKS:
            hook(refused.value, actor, "desk:material", request_id)
    (incident,) = entries(SYSTEM, AuditFilter(act="files.blob_damaged"))
    assert incident.subject_id == blob.pk
    (refusal,) = entries(SYSTEM, AuditFilter(code="files.content-damaged"))
    assert refusal.facts["blob_id"] == str(blob.pk)


@pytest.mark.parametrize(
    ("actor", "readable"),
    [
        (SYSTEM, True),
        (PERSON, True),
        (clerk("示01"), True),
        (clerk("示02"), False),
        (Actor.person(uuid7()), False),
        (ANONYMOUS, False),
    ],
)
def test_blob_is_found_by_owner_court_and_system(actor: Actor, readable: bool) -> None:  # noqa: FBT001
    kept = stored(owner_id=PERSON.account_id)
    with acting(actor):
        assert [each.pk for each in blobs(actor, [kept.pk])] == [kept.pk] * readable
        if readable:
            assert find_blob(actor, kept.pk).pk == kept.pk
        else:
            with pytest.raises(NotFound):
                find_blob(actor, kept.pk)


def test_blobs_come_in_the_order_asked_for() -> None:
    ids = [stored().pk for _ in range(3)][::-1]
    with acting(SYSTEM):
        assert [each.pk for each in blobs(SYSTEM, [*ids, uuid7()])] == ids


def rows_seen(actor: Actor) -> list[UUID]:
    with acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM files_blob")
        return [row[0] for row in cursor.fetchall()]


def test_database_hides_blobs_of_others() -> None:
    kept = stored(owner_id=PERSON.account_id)
    assert rows_seen(PERSON) == rows_seen(clerk("示01")) == [kept.pk]
    assert rows_seen(Actor.person(uuid7())) == rows_seen(clerk("示02")) == []
    assert rows_seen(ANONYMOUS) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM files_blob")
        assert cursor.fetchone() == (0,)
