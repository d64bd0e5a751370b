"""Destroying takes key, name and file; holding takes only the view; the trace stays."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from xiezhi.files.actions.destroy_blob import destroy_blob
from xiezhi.files.actions.hold_blob import hold_blob
from xiezhi.files.actions.release_blob import release_blob
from xiezhi.files.errors import ContentGone, ContentHeld
from xiezhi.files.models import Blob
from xiezhi.files.queries import blob as find_blob
from xiezhi.files.queries import open_blob
from xiezhi.files.states import BlobState
from xiezhi.files.tests.conftest import AT
from xiezhi.files.tests.stored import SYSTEM, clerk, stored
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden, NotFound
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.machine import MoveRefused
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.queries import AuditFilter, entries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def test_destroy_blob_takes_key_name_and_file(
    site: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    kept = stored()
    with django_capture_on_commit_callbacks(execute=True), acting(SYSTEM):
        destroy_blob(blob_id=kept.pk, reason="draft.abandoned", actor=SYSTEM, at=AT)
    assert [path for path in (site / "blobs").rglob("*") if path.is_file()] == []
    with acting(SYSTEM):
        blob = find_blob(SYSTEM, kept.pk)
    assert (blob.state, blob.name, bytes(blob.wrapped_key)) == (BlobState.DESTROYED, "", b"")
    assert (blob.digest, blob.reason, blob.destroyed_at) == (kept.digest, "draft.abandoned", AT)
    with pytest.raises(ContentGone):
        open_blob(blob)
    acts = [entry.act for entry in entries(SYSTEM, AuditFilter(subject_id=kept.pk))]
    assert acts == ["files.blob_destroyed", "files.blob_stored"]


def test_destroy_blob_that_is_rolled_back_keeps_the_file(site: Path) -> None:
    kept = stored()
    with acting(SYSTEM):
        destroy_blob(blob_id=kept.pk, reason="x", actor=SYSTEM, at=AT)
        transaction.set_rollback(True)
    with acting(SYSTEM), open_blob(find_blob(SYSTEM, kept.pk)) as content:
        assert len(content.read()) == kept.size


def test_destroy_blob_twice_is_refused() -> None:
    kept = stored()
    with acting(SYSTEM):
        destroy_blob(blob_id=kept.pk, reason="x", actor=SYSTEM, at=AT)
        with pytest.raises(MoveRefused):
            destroy_blob(blob_id=kept.pk, reason="x", actor=SYSTEM, at=AT)
        with pytest.raises(NotFound):
            destroy_blob(blob_id=uuid7(), reason="x", actor=SYSTEM, at=AT)


def test_destroy_blob_serves_the_owner_but_not_the_court() -> None:
    person = Actor.person(uuid7())
    own = stored(owner_id=person.account_id, court_id="", actor=person)
    with acting(person):
        destroy_blob(blob_id=own.pk, reason="x", actor=person, at=AT)
    held = stored()
    with acting(clerk()), pytest.raises(Forbidden):
        destroy_blob(blob_id=held.pk, reason="x", actor=clerk(), at=AT)
    with acting(person), pytest.raises(NotFound):
        destroy_blob(blob_id=held.pk, reason="x", actor=person, at=AT)


def test_hold_blob_closes_it_until_released() -> None:
    kept = stored()
    with acting(SYSTEM):
        blob = hold_blob(blob_id=kept.pk, reason="scanner.away", actor=SYSTEM, at=AT)
        with pytest.raises(ContentHeld, match="借条"):
            open_blob(blob)
        with pytest.raises(MoveRefused):
            hold_blob(blob_id=kept.pk, reason="x", actor=SYSTEM, at=AT)
        blob = release_blob(blob_id=kept.pk, actor=SYSTEM, at=AT)
        with open_blob(blob) as content:
            assert content.read(5) == b"%PDF-"


def test_database_refuses_a_destroyed_blob_that_keeps_its_key() -> None:
    kept = stored()
    with acting(SYSTEM), pytest.raises(IntegrityError), transaction.atomic():
        Blob.objects.filter(pk=kept.pk).update(state=BlobState.DESTROYED)
