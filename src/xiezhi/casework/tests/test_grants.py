from __future__ import annotations

from itertools import product

import pytest
from django.db.models import Model

from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import Case, Intake, WorkItem
from xiezhi.casework.permissions import May
from xiezhi.casework.tests.conftest import (
    ADMIN,
    APPLY,
    DECIDED_AT,
    HEAD,
    JUDGE,
    MANAGER,
    OFFICER,
    OTHER_COURT,
    STRANGER,
    receive,
    submission,
)
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.permissions import allowed, visible
from xiezhi.foundation.transactions import acting

pytestmark = pytest.mark.django_db
EVERYBODY = (
    OFFICER,
    STRANGER,
    JUDGE,
    HEAD,
    MANAGER,
    ADMIN,
    APPLY,
    ANONYMOUS,
    Actor.person(uuid7()),
)
TABLES: tuple[type[Model], ...] = (Intake, WorkItem, Case)


@pytest.fixture
def rows(under_review: Intake) -> None:
    receive(submission(court_id=OTHER_COURT))
    with acting(OFFICER):
        accept_application(intake_id=under_review.pk, actor=OFFICER, at=DECIDED_AT)


def test_grants_cover_every_permission() -> None:
    assert set(GRANTS) == set(May)


@pytest.mark.usefixtures("rows")
def test_grants_read_the_same_as_check_and_as_filter() -> None:
    with acting(APPLY):
        for table, permission, actor in product(TABLES, May, EVERYBODY):
            every = table._default_manager.all()
            by_filter = set(every.filter(visible(GRANTS, permission, actor)))
            by_check = {row for row in every if allowed(GRANTS, permission, actor, row)}
            assert by_filter == by_check, (table, permission, actor)


@pytest.mark.parametrize(
    ("actor", "held"),
    [
        (OFFICER, set(May) - {May.RECEIVE}),
        (HEAD, {May.READ_CASE, May.READ_FILE}),
        (MANAGER, {May.READ_CASE}),
        (JUDGE, set()),
        (ADMIN, set()),
        (ANONYMOUS, set()),
    ],
    ids=["officer", "head", "management", "judge", "admin", "nobody"],
)
def test_grants_say_what_the_table_of_roles_says(actor: Actor, held: set[May]) -> None:
    row = Intake(court_id=OFFICER.unit_id)

    assert {may for may in May if allowed(GRANTS, may, actor, row)} == held
