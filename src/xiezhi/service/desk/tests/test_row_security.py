"""The database itself hides every table of the desk from other people."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.transactions import acting
from xiezhi.identity.operators.sessions import actor_for
from xiezhi.identity.operators.tests.crew import recruit
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import acting_as
from xiezhi.service.desk import queries
from xiezhi.service.desk.models import Application, SetAsideVersion
from xiezhi.service.desk.tests.drafts import AT, SYSTEM, draft, submitted
from xiezhi.service.desk.tests.test_handlers import accepted, arrives, notice

pytestmark = pytest.mark.django_db
TABLES = (
    "application",
    "applicationevent",
    "material",
    "setasideversion",
    "participation",
    "disclosure",
)


def counts(actor: Actor) -> dict[str, int]:
    found = {}
    with acting(actor), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM service_desk_{table}")  # noqa: S608  # our names
            found[table] = cursor.fetchone()[0]
    return found


@pytest.fixture
def full_desk(jia: Account) -> Account:
    """Give 甲 at least one row in every table."""
    application = submitted(jia)
    arrives(accepted(application))
    arrives(notice(application))
    with acting(acting_as(jia)):
        SetAsideVersion(
            application=draft(jia),
            owner_id=jia.pk,
            section="facts",
            values={"text": "一"},
            set_aside_at=AT,
        ).save()
    return jia


def test_raw_sql_as_another_person_sees_nothing(full_desk: Account, yi: Account) -> None:
    assert min(counts(acting_as(full_desk)).values()) >= 1
    assert counts(acting_as(yi)) == dict.fromkeys(TABLES, 0)
    assert counts(ANONYMOUS) == dict.fromkeys(TABLES, 0)


def test_an_operator_of_the_site_sees_nothing_by_sql_and_nothing_by_query(
    full_desk: Account,
) -> None:
    operator = actor_for(recruit())

    assert counts(operator) == dict.fromkeys(TABLES, 0)
    with acting(SYSTEM):  # even were the database to show the rows
        assert list(queries.applications(operator)) == []
        with pytest.raises(NotFound):
            queries.application(Application.objects.all()[0].pk, actor=operator)


def test_an_operator_changes_nothing(full_desk: Account) -> None:
    with acting(actor_for(recruit())), connection.cursor() as cursor:
        cursor.execute("UPDATE service_desk_application SET title = 'x'")
        assert cursor.rowcount == 0


def test_raw_writes_as_another_person_change_nothing(full_desk: Account, yi: Account) -> None:
    with acting(acting_as(yi)), connection.cursor() as cursor:
        cursor.execute("UPDATE service_desk_application SET title = 'x'")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM service_desk_material")
        assert cursor.rowcount == 0


def test_events_can_be_neither_changed_nor_removed(full_desk: Account) -> None:
    for statement in ("UPDATE service_desk_applicationevent SET seq = 9",
                      "DELETE FROM service_desk_applicationevent"):  # fmt: skip
        with acting(SYSTEM), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


def test_contents_are_encrypted_in_the_database(full_desk: Account) -> None:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(a::text, '') FROM service_desk_application a")
        (text,) = cursor.fetchone()
    assert "民间借贷" in text  # the title and the cause are in clear, to be searched
    assert "柳岸街" not in text
    assert b"\xe6\x9f\xb3\xe5\xb2\xb8".hex() not in text
