"""The database itself hides accounts from other people."""

from __future__ import annotations

import pytest
from django.db import connection

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import acting_as

pytestmark = pytest.mark.django_db


def seen_by(actor: Actor) -> list[str]:
    with acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM identity_people_account ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


def test_raw_sql_shows_only_ones_own_account(jia: Account, yi: Account) -> None:
    assert seen_by(acting_as(jia)) == ["甲某"]
    assert seen_by(acting_as(yi)) == ["乙某"]
    assert seen_by(ANONYMOUS) == []


def test_raw_update_of_another_account_changes_nothing(jia: Account, yi: Account) -> None:
    with acting(acting_as(yi)), connection.cursor() as cursor:
        cursor.execute("UPDATE identity_people_account SET name = 'x' WHERE id = %s", [jia.pk])
        assert cursor.rowcount == 0
