"""The floor below all permissions: what the database itself does not let anybody see or change."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.models import CaseEvent, Document, Intake, IntakeEvent, Manifest
from xiezhi.casework.tests.conftest import APPLY, DECIDED_AT, OFFICER, STRANGER
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting

pytestmark = pytest.mark.django_db
TABLES = sorted(model._meta.db_table for model in apps.get_app_config("casework").get_models())
GROWING = [model._meta.db_table for model in (CaseEvent, IntakeEvent, Document, Manifest)]


@pytest.fixture
def filed(under_review: Intake) -> None:
    with acting(OFFICER):
        accept_application(intake_id=under_review.pk, actor=OFFICER, at=DECIDED_AT)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return int(cursor.fetchone()[0])


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize("table", TABLES)
def test_raw_sql_shows_a_court_its_own_rows_and_nobody_else_any(table: str) -> None:
    def seen_by(actor: Actor) -> int:
        with acting(actor):
            return count(table)

    own = seen_by(OFFICER)
    assert own > 0
    assert seen_by(APPLY) == own
    assert [seen_by(actor) for actor in (STRANGER, Actor.person(uuid7()))] == [0, 0]


@pytest.mark.usefixtures("filed")
def test_raw_sql_without_an_actor_shows_nothing() -> None:
    assert {table: count(table) for table in TABLES if count(table)} == {}


@pytest.mark.usefixtures("filed")
def test_raw_sql_cannot_write_a_row_of_another_court() -> None:
    with acting(STRANGER), pytest.raises(ProgrammingError), transaction.atomic():
        Intake.objects.bulk_create([Intake(court_id=OFFICER.unit_id, **_minimum())])


def _minimum() -> dict[str, object]:
    return {
        "source_site": "service",
        "application_id": uuid7(),
        "applicant_ref": uuid7(),
        "receipt_number": "-",
        "kind": "-",
        "kind_version": 1,
        "cause": "-",
        "parties_line": "-",
        "payload": {},
        "applicant": {},
        "submitted_at": DECIDED_AT,
        "received_at": DECIDED_AT,
        "review_started_on": DECIDED_AT.date(),
        "review_due_on": DECIDED_AT.date(),
    }


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize("table", GROWING)
@pytest.mark.parametrize("statement", ["UPDATE {} SET court_id = 'x'", "DELETE FROM {}"])
def test_history_can_only_grow(table: str, statement: str) -> None:
    with (
        acting(APPLY),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
