"""The database knows who acts, for as long as the transaction lasts."""

from __future__ import annotations

import pytest
from django.db import connection

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting, became, current_actor

pytestmark = pytest.mark.django_db


def told() -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('xiezhi.actor_kind', true), ''),"
            " coalesce(current_setting('xiezhi.actor_id', true), ''),"
            " coalesce(current_setting('xiezhi.unit_id', true), '')"
        )
        row: tuple[str, str, str] = cursor.fetchone()
    return row


def test_acting_tells_the_database_and_takes_it_back() -> None:
    clerk = Actor.staff(uuid7(), post_id=uuid7(), unit_id="示0102", roles=frozenset())

    with acting(clerk):
        assert told() == ("staff", str(clerk.account_id), "示0102")
        assert current_actor() is clerk

    assert told() == ("", "", "")
    assert current_actor() is None


def test_nested_acting_restores_the_outer_actor() -> None:
    person = Actor.person(uuid7())

    with acting(person):
        with acting(Actor.system("test")):
            assert told()[0] == "system"
        assert told() == ("person", str(person.account_id), "")


def test_nested_acting_restores_the_outer_actor_after_an_error() -> None:
    person = Actor.person(uuid7())

    with acting(person):
        with pytest.raises(ZeroDivisionError), acting(Actor.system("test")):
            _ = 1 // 0
        assert told() == ("person", str(person.account_id), "")


def test_became_changes_the_actor_within_the_transaction() -> None:
    person = Actor.person(uuid7())

    with acting(Actor.system("identify")), became(person):
        assert told() == ("person", str(person.account_id), "")


def test_tests_run_as_the_app_role_which_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("xiezhi_app", False, False)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_actor_outlives_the_transaction() -> None:
    with acting(Actor.system("test")):
        assert told()[0] == "system"

    assert told() == ("", "", "")
