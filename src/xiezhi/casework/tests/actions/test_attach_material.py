from __future__ import annotations

import pytest

from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.actions.attach_material import attach_material
from xiezhi.casework.actions.take_up import take_up
from xiezhi.casework.models import Document, Intake, IntakeEvent, IntakeMaterial, Manifest
from xiezhi.casework.queries import documents_of
from xiezhi.casework.tests.conftest import (
    APPLY,
    COURT,
    DECIDED_AT,
    OFFICER,
    receive,
    submission,
)
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courts")]


def arrive(material: IntakeMaterial, actor: Actor = APPLY) -> int:
    with acting(actor):
        return attach_material(
            court_id=COURT,
            source_blob_id=material.source_blob_id,
            blob_id=uuid7(),
            actor=actor,
            at=DECIDED_AT,
        )


def first_material(intake: Intake) -> IntakeMaterial:
    with acting(APPLY):
        return intake.materials.order_by("position")[0]


def test_attach_material_joins_the_application_once() -> None:
    intake = receive(submission(), arrived=False)
    material = first_material(intake)

    counts = [arrive(material), arrive(material)]

    material = first_material(intake)
    with acting(APPLY):
        told = IntakeEvent.objects.filter(kind="intake.material_arrived").count()
    assert (counts, material.arrived_at, told) == ([1, 0], DECIDED_AT, 1)


def test_attach_material_becomes_the_next_version_in_the_e_file() -> None:
    intake = receive(submission(), arrived=False)
    with acting(OFFICER):
        take_up(intake_id=intake.pk, actor=OFFICER, at=DECIDED_AT)
        case = accept_application(intake_id=intake.pk, actor=OFFICER, at=DECIDED_AT)
    material = first_material(intake)

    arrive(material)

    with acting(OFFICER):
        versions = list(
            Document.objects.filter(lineage=material.lineage)
            .order_by("version")
            .values_list("version", "blob_id")
        )
        newest = {d.lineage: d for d in documents_of(case, actor=OFFICER)}
        counts = list(Manifest.objects.order_by("revision").values_list("count", flat=True))
    assert [version for version, _ in versions] == [1, 2]
    assert (versions[0][1], versions[1][1] is None) == (None, False)
    assert (newest[material.lineage].version, counts) == (2, [2, 3, 4])


def test_attach_material_is_for_the_exchange_alone() -> None:
    material = first_material(receive(submission(), arrived=False))

    with pytest.raises(Forbidden):
        arrive(material, OFFICER)
