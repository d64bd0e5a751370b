"""No table without grades, no identifier in clear."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import Tags, run_checks
from django.db import models
from django.test.utils import isolate_apps

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import BlindIndexField, EncryptedTextField
from xiezhi.security.grading.checks import every_field_has_a_grade
from xiezhi.security.grading.inspection import faults, grade_of
from xiezhi.security.grading.third_party import THIRD_PARTY


@pytest.fixture(autouse=True)
def isolated() -> Iterator[None]:
    with isolate_apps("xiezhi.security.audit"):
        yield


def model(graded: FieldGrades, **fields: Any) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": "security_audit"})
    body = {"__module__": __name__, "grades": graded, "Meta": meta, **fields}
    made: type[models.Model] = type("Sample", (GradedModel,), body)
    return made


def test_every_field_of_this_site_has_a_grade() -> None:
    assert [
        error.msg for error in run_checks(tags=[Tags.models]) if error.id == "security.E001"
    ] == []


def test_check_looks_at_every_app() -> None:
    labels = {each._meta.app_label for each in apps.get_models()}
    assert {"security_audit", "files", "sessions"} <= labels
    assert list(every_field_has_a_grade([apps.get_app_config("files")])) == []


@pytest.mark.parametrize(
    ("graded", "fault"),
    [
        ({}, "field note has no grade"),
        ({Grade.INTERNAL: ("note", "more")}, "grade given to more, which is no field"),
        ({Grade.INTERNAL: ("note",), Grade.HIGH: ("note",)}, "field note has two grades"),
    ],
)
def test_grades_that_do_not_fit_the_fields_fail(graded: FieldGrades, fault: str) -> None:
    assert list(faults(model(graded, note=models.TextField()))) == [fault]


def test_a_model_without_grades_fails() -> None:
    class Foreign(models.Model):
        """A table of another package."""

        class Meta:
            """Belongs to an app of ours."""

            app_label = "security_audit"

        def __str__(self) -> str:
            return ""

    assert [fault[:13] for fault in faults(Foreign)] == ["has no grades"]


@pytest.mark.parametrize("name", ["id_number", "phone", "home_address", "bank_account", "email"])
def test_an_identifier_in_clear_fails(name: str) -> None:
    plain = model({Grade.SENSITIVE: (name,)}, **{name: models.CharField(max_length=9)})
    assert list(faults(plain)) == [f"field {name} holds an identifier graded SENSITIVE: encrypt it"]


def test_a_sensitive_document_in_clear_fails() -> None:
    plain = model({Grade.HIGH: ("payload",)}, payload=models.JSONField())
    assert list(faults(plain)) == ["field payload is graded HIGH and can hold anything: encrypt it"]


def test_encrypted_indexed_public_and_excused_fields_pass() -> None:
    reasons = {"email": "shown on the public page of the court"}
    passed = model(
        {
            Grade.HIGH: ("id_number",),
            Grade.SENSITIVE: ("id_number_index", "email", "name"),
            Grade.PUBLIC: ("phone",),
        },
        id_number=EncryptedTextField(),
        id_number_index=BlindIndexField(source="id_number"),
        email=models.CharField(max_length=9),
        name=models.CharField(max_length=9),
        phone=models.CharField(max_length=9),
        kept_in_clear=reasons,
    )
    assert list(faults(passed)) == []
    assert grade_of(passed, "id") is Grade.INTERNAL
    assert grade_of(passed, "id_number") is Grade.HIGH
    assert grade_of(passed, "nothing") is None


def test_an_excuse_for_no_field_fails() -> None:
    excused = model(
        {Grade.INTERNAL: ("note",)}, note=models.TextField(), kept_in_clear={"other": "why"}
    )
    assert list(faults(excused)) == ["kept_in_clear names other, which is no field"]


def test_third_party_tables_are_graded_field_by_field() -> None:
    for label in ("sessions.Session", "contenttypes.ContentType", "auth.Permission"):
        assert list(faults(apps.get_model(label))) == []
        assert label in THIRD_PARTY
