"""Partitioned tables have room for what comes, and no door of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from xiezhi.foundation.ids import uuid7, uuid7_floor
from xiezhi.foundation.jobs import keep_partitions

pytestmark = pytest.mark.django_db


def partitioned() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_partitioned_table p ON p.partrelid = c.oid"
        )
        return [row[0] for row in cursor.fetchall()]


def children(parent: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid"
            " WHERE i.inhparent = %s::regclass ORDER BY 1",
            [parent],
        )
        return [row[0] for row in cursor.fetchall()]


def test_every_partitioned_table_has_months_ahead_and_a_rest() -> None:
    for parent in partitioned():
        assert len(children(parent)) >= 5, parent
        assert f"{parent}_rest" in children(parent)


def test_keep_partitions_may_run_again_and_again() -> None:
    before = {parent: children(parent) for parent in partitioned()}

    keep_partitions.func(timestamp=0)

    assert {parent: children(parent) for parent in partitioned()} == before


def test_a_partition_is_closed_to_the_app_role() -> None:
    child = children(partitioned()[0])[0]

    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT 1 FROM {child}")  # noqa: S608 - a name from the catalogue


def test_uuid7_floor_bounds_what_is_made_from_then_on() -> None:
    before = datetime.now(UTC)

    assert uuid7_floor(before) <= uuid7()
