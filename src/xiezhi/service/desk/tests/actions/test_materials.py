"""Attaching and removing materials."""

from __future__ import annotations

import io

import pytest

from xiezhi.files.inspection.refusals import FileTypeRefused
from xiezhi.files.models import Blob
from xiezhi.files.states import BlobState
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import acting_as
from xiezhi.service.desk.actions import attach_material as act
from xiezhi.service.desk.actions.abandon import abandon
from xiezhi.service.desk.actions.attach_material import (
    AlreadyAttached,
    TooManyMaterials,
    attach_material,
)
from xiezhi.service.desk.actions.remove_material import remove_material
from xiezhi.service.desk.actions.save_draft import NotADraft
from xiezhi.service.desk.models import Application, ApplicationEvent, Material
from xiezhi.service.desk.tests.drafts import AT, LATER, SYSTEM, attach, draft, submitted

pytestmark = pytest.mark.django_db


def put(
    application: Application, owner: Account, shade: int = 90, category: str = "evidence"
) -> Material:
    with acting(acting_as(owner)):
        return attach(application, owner, category, shade)


def test_attach_material_keeps_what_the_inspection_found(jia: Account) -> None:
    material = put(draft(jia), jia)

    assert (material.media_type, material.pages, material.position) == ("image/png", 1, 1)
    with acting(acting_as(jia)):
        blob = Blob.objects.get(pk=material.blob_id)
    assert (blob.owner_id, blob.digest, blob.size) == (jia.pk, material.digest, material.size)


def test_attach_material_orders_materials(jia: Account) -> None:
    application = draft(jia)

    assert [put(application, jia, shade).position for shade in (10, 20, 30)] == [1, 2, 3]


def test_attach_material_refuses_the_same_content_twice(jia: Account) -> None:
    application = draft(jia)
    put(application, jia)

    with pytest.raises(AlreadyAttached):
        put(application, jia, category="identity")
    with acting(SYSTEM):
        assert Material.objects.count() == 1


def test_attach_material_refuses_what_only_its_name_says(jia: Account) -> None:
    application = draft(jia)

    with acting(acting_as(jia)), pytest.raises(FileTypeRefused):
        attach_material(
            application_id=application.pk,
            category="evidence",
            stream=io.BytesIO(b"no picture at all"),
            name="借条.jpg",
            actor=acting_as(jia),
            at=AT,
        )
    with acting(SYSTEM):
        assert list(Material.objects.all()) == []
        assert list(ApplicationEvent.objects.filter(kind="material.attached")) == []


def test_attach_material_refuses_an_unknown_category(jia: Account) -> None:
    with pytest.raises(NotFound):
        put(draft(jia), jia, category="nothing")


def test_attach_material_refuses_more_than_it_takes(
    jia: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(act, "MATERIALS_AT_MOST", 1)
    application = draft(jia)
    put(application, jia, 10)

    with pytest.raises(TooManyMaterials):
        put(application, jia, 20)


def test_attach_material_refuses_after_submission(jia: Account) -> None:
    with pytest.raises(NotADraft):
        put(submitted(jia), jia)


def test_attach_material_hides_the_draft_of_another(jia: Account, yi: Account) -> None:
    with pytest.raises(NotFound):
        put(draft(jia), yi)


def test_remove_material_destroys_the_content_and_keeps_the_trace(jia: Account) -> None:
    material = put(draft(jia), jia)

    with acting(acting_as(jia)):
        remove_material(material_id=material.pk, actor=acting_as(jia), at=LATER)

    with acting(SYSTEM):
        blob = Blob.objects.get(pk=material.blob_id)
        event = ApplicationEvent.objects.get(kind="material.removed")
        assert list(Material.objects.all()) == []
    assert (blob.state, bytes(blob.wrapped_key)) == (BlobState.DESTROYED, b"")
    assert event.facts["blob_id"] == str(material.blob_id)


def test_remove_material_refuses_after_submission(jia: Account) -> None:
    submitted(jia)
    with acting(acting_as(jia)):
        material = Material.objects.order_by("position").first()
        assert material is not None
        with pytest.raises(NotADraft):
            remove_material(material_id=material.pk, actor=acting_as(jia), at=LATER)


def test_remove_material_hides_the_material_of_another(jia: Account, yi: Account) -> None:
    material = put(draft(jia), jia)

    with acting(acting_as(yi)), pytest.raises(NotFound):
        remove_material(material_id=material.pk, actor=acting_as(yi), at=LATER)


def test_abandon_empties_the_draft_and_destroys_its_materials(jia: Account) -> None:
    application = draft(jia)
    material = put(application, jia)

    with acting(acting_as(jia)):
        abandon(application_id=application.pk, actor=acting_as(jia), at=LATER)

    with acting(SYSTEM):
        application.refresh_from_db()
        assert (application.state, application.payload) == ("abandoned", {})
        assert Blob.objects.get(pk=material.blob_id).state == BlobState.DESTROYED
        assert list(Material.objects.all()) == []
