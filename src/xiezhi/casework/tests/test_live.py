"""Open pages of the desk hear of a change when, and only when, it has been committed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings

from xiezhi.casework.tests.conftest import APPLY, receive
from xiezhi.foundation.live.publish import CHANNEL
from xiezhi.foundation.transactions import acting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("courts")]
PATIENCE_SECONDS = 10.0


@pytest.fixture
def listener(db: None) -> Iterator[psycopg.Connection]:
    """Listen as the live process does, on a connection of its own."""
    told = settings.DATABASES["default"]
    with psycopg.connect(
        dbname=told["NAME"],
        user=told["USER"],
        password=told["PASSWORD"],
        host=told["HOST"],
        autocommit=True,
    ) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        yield connection


def test_the_desk_hears_of_an_application_once_it_is_committed(
    listener: psycopg.Connection,
) -> None:
    def undone() -> None:
        with acting(APPLY):
            receive()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    intake = receive()

    heard = []
    for notice in listener.notifies(timeout=PATIENCE_SECONDS):
        told = json.loads(notice.payload)
        if told["topic"] == "unit:示0102":
            heard.append(told)
            break
    assert heard == [{"topic": "unit:示0102", "kind": "intake.received", "id": str(intake.pk)}]
