"""The database shows operators their own account, and no table of people opens itself to them."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.transactions import acting
from xiezhi.identity.operators.models import Operator
from xiezhi.identity.operators.sessions import actor_for
from xiezhi.identity.operators.tests.crew import SYSTEM, recruit
from xiezhi.identity.people.tests.people import acting_as, member

pytestmark = pytest.mark.django_db
WATCHED = ("exchange_", "operations_")
"""Beginnings of the tables that may show themselves to staff of no unit."""


def count(table: str, actor: Actor) -> int:
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of our own
        (found,) = cursor.fetchone()
    return int(found)


def test_only_tables_of_operations_open_themselves_to_staff() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE coalesce(qual, '') || with_check LIKE %s"
            " OR qual LIKE %s",
            ["%staff%", "%staff%"],
        )
        open_to_staff = {name for (name,) in cursor.fetchall()}

    assert "exchange_inboxmessage" in open_to_staff
    assert [name for name in open_to_staff if not name.startswith(WATCHED)] == []


def test_tables_of_cases_and_people_are_all_under_row_security() -> None:
    labels = {"service_desk", "identity_people", "identity_operators", "files"}
    tables = {m._meta.db_table for m in apps.get_models() if m._meta.app_label in labels}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        secured = {name for (name,) in cursor.fetchall()}

    assert tables - secured == set()


def test_an_operator_sees_its_own_account_and_others_none(operator: Operator) -> None:
    other = recruit("xinyun", "辛运和")
    tables = ("identity_operators_operator", "identity_operators_recoverycode")

    assert [count(table, SYSTEM) for table in tables] == [2, 2]
    assert [count(table, actor_for(operator)) for table in tables] == [1, 1]
    assert [count(table, actor_for(other)) for table in tables] == [1, 1]
    for stranger in (acting_as(member()), ANONYMOUS):
        assert [count(table, stranger) for table in tables] == [0, 0]
