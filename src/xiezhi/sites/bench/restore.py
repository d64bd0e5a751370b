"""The measure of a restore: a site with many cases is backed up and drilled."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from xiezhi.sites.bench.installation import Installation
from xiezhi.sites.bench.table import Measure
from xiezhi.sites.continuity.results import DrillTold

CASES: Final = int(os.environ.get("XIEZHI_BENCH_CASES", "100000"))
DEMONSTRATION: Final = 10
_KEPT: Final = frozenset({"court_id", "account_ref", "post_id", "actor_id", "blob_id"})
"""Columns whose value every copy shares; any other identifier is the copy's own."""
_COUNTED: Final = frozenset({"case_number", "text", "verification_code"})
_COLUMNS: Final = """
SELECT c.relname, a.attname, format_type(a.atttypid, NULL)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND (c.relname LIKE 'casework\\_%' OR c.relname = 'security_audit_auditentry')
ORDER BY c.relname, a.attnum
"""


def restoring() -> Iterator[Measure]:
    """Measure a backup of the court site and the drill of its restore, as root's timer runs them.

    The cases are copies of those of a small demonstration city, each with its parties, claims,
    events, documents, work items and audit entries, made by the database alone.
    """
    with Installation(filings=DEMONSTRATION) as installation:
        installation.start()
        court = installation.home / "court"
        password = (court / "keys/database_superuser").read_text().strip()
        with psycopg.connect(
            host=str(court / "run"),
            user="postgres",
            password=password,
            dbname="xiezhi",
            autocommit=True,
        ) as connection:
            cases = multiply(connection, CASES)
        begun = time.monotonic()
        _run(installation, "backup")
        yield Measure(f"backup of a site with {cases:,} cases", f"{time.monotonic() - begun:.0f} s")
        begun = time.monotonic()
        _run(installation, "drill")
        seconds = time.monotonic() - begun
        (result,) = (court / "backup/drills").glob("*.json")
        told = DrillTold.model_validate_json(result.read_text("utf-8"))
        yield Measure(
            f"restore drill of a site with {cases:,} cases", f"{seconds:.0f} s", "≤ 900 s"
        )
        for step in told.steps:
            yield Measure(f"restore drill, {step.label}", f"{step.seconds:.1f} s", step.note)


def multiply(connection: psycopg.Connection, wanted: int) -> int:
    """Copy every case with all that belongs to it until there are ``wanted``; return how many.

    A copy's identifiers are digests of the original's and the number of the copy, so what belongs
    together still does.
    """
    there = _one(connection, "SELECT count(*) FROM casework_case")
    copies = max(0, -(-wanted // there) - 1)
    tables: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in connection.execute(_COLUMNS).fetchall():
        tables.setdefault(table, []).append((column, kind))
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for table, columns in tables.items():
            if not table.endswith("numberseries"):
                connection.execute(_copied(table, columns), [copies])
    connection.execute("ANALYZE")
    return _one(connection, "SELECT count(*) FROM casework_case")


def _copied(table: str, columns: list[tuple[str, str]]) -> sql.Composed:
    names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns)
    values = sql.SQL(", ").join(_value(name, kind) for name, kind in columns)
    return sql.SQL("INSERT INTO {table} ({names}) SELECT {values} {source}").format(
        table=sql.Identifier(table),
        names=names,
        values=values,
        source=sql.SQL("FROM {}, generate_series(1, %s) AS copy").format(sql.Identifier(table)),
    )


def _value(name: str, kind: str) -> sql.Composed:
    column = sql.Identifier(name)
    if kind == "uuid" and name not in _KEPT:
        return sql.SQL("md5({}::text || '/' || copy)::uuid").format(column)
    if name in _COUNTED:
        return sql.SQL("{} || '-' || copy").format(column)
    if name == "serial":
        return sql.SQL("{} + copy * 1000").format(column)
    return sql.SQL("{}").format(column)


def _one(connection: psycopg.Connection, statement: str) -> int:
    row = connection.execute(statement.encode()).fetchone()
    return int(row[0]) if row else 0


def _run(installation: Installation, command: str) -> None:
    """Run one of our commands on the court site. Refuses: ``RuntimeError`` when it fails."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XIEZHI_", "DATABASE"))}
    words = [command, "--site", "court", "--home", str(installation.home)]
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "xiezhi.sites.cli", *words],
        env=kept,
        cwd=Path("/"),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)
