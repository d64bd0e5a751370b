"""Tables: none has fewer rows than when the backup began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.apps import apps
from django.db import connection
from psycopg import sql

from xiezhi.operations.continuity.checks.step import Check, Step

MAY_SHRINK: Final = frozenset({"service_desk_material", "service_desk_setasideversion"})
"""Tables of ours from which running code removes rows: a draft's materials and side versions."""


def rows_since(before: Mapping[str, int]) -> Check:
    """Return the check of all tables against the numbers of the backup's manifest."""

    def check(step: Step) -> Iterator[str]:
        kept = _kept_tables()
        total = 0
        for table, least in sorted(before.items()):
            there = _count(table)
            if there is None:
                yield f"数据表 {table} 不存在"
                continue
            total += there
            if there < least and table in kept:
                yield f"数据表 {table} 有 {there} 行，备份开始时有 {least} 行"
        step.note = f"数据表{len(before)}个，共{total:,}行"

    return check


def _kept_tables() -> frozenset[str]:
    """Name the tables of the house; those of libraries are emptied by them as they see fit."""
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("xiezhi.")
    }
    return frozenset(ours - MAY_SHRINK)


def _count(table: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f'public."{table}"'])
        if not cursor.fetchone()[0]:
            return None
        statement = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
