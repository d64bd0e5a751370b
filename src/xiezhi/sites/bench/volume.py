"""Tables as full as after years, and what the exchange asks of them, statement by statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

from django.db import connection

# A key of version 7 for the n-th of so many rows, the last of them a moment ago.
_KEY: Final = """
(lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - (%(count)s - n) * 1500), 12, '0')
 || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid
"""
_COPY: Final = """
INSERT INTO {table} SELECT made.*
FROM {table} AS kept, generate_series(1, %(count)s) AS n,
LATERAL jsonb_populate_record(kept, jsonb_build_object('id', {key}, {changes})) AS made
WHERE kept.id = (SELECT id FROM {table} WHERE {settled} ORDER BY id DESC LIMIT 1)
"""
_PLACE: Final = (
    "'conversation', 'bench:' || n / 10, 'position', n %% 10 + 1, 'sequence', n, "
    "'envelope', '\\x' || repeat(md5(n::text), 8)"
)
_COUNTER: Final = "'conversation', 'bench:' || n"
_TABLES: Final = {
    "exchange_outboxmessage": (_PLACE, "state = 'acknowledged' AND due_at IS NULL"),
    "exchange_inboxmessage": (_PLACE, "state = 'applied' AND NOT receipt_due"),
    "exchange_outboxconversation": (_COUNTER, "true"),
    "exchange_inboxconversation": (_COUNTER, "true"),
}
_REPEAT: Final = """
UPDATE exchange_outboxmessage SET outcome = 'quarantined', due_at = now() WHERE id IN (
    SELECT id FROM exchange_outboxmessage WHERE state = 'acknowledged' AND due_at IS NULL
    ORDER BY id DESC LIMIT %s
)
"""
_RECEIPT: Final = """
UPDATE exchange_inboxmessage SET receipt_due = true WHERE id IN (
    SELECT id FROM exchange_inboxmessage ORDER BY id DESC LIMIT %s
)
"""
_PAGE: Final = 8192
_FEW_PAGES: Final = 16


def fill(count: int) -> None:
    """Copy a settled message of each table so many times, and the counters of conversations.

    Needs one settled message each way. The caller holds the transaction.
    """
    with connection.cursor() as cursor:
        for table, (changes, settled) in _TABLES.items():
            text = _COPY.format(table=table, key=_KEY, changes=changes, settled=settled)
            cursor.execute(text, {"count": count})
            if cursor.rowcount != count:
                msg = f"{table} has no settled row to copy"
                raise ValueError(msg)


def unsettle(count: int) -> None:
    """Have so many of the newest messages repeated and receipted again, now."""
    with connection.cursor() as cursor:
        cursor.execute(_REPEAT, [count])
        cursor.execute(_RECEIPT, [count])


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement that was run, and how long it took."""

    sql: str
    params: Any = field(repr=False)
    seconds: float

    @property
    def claims(self) -> bool:
        """Tell whether it locks rows to work on."""
        return "SKIP LOCKED" in self.sql


@contextmanager
def watching() -> Iterator[list[Asked]]:
    """Keep every statement of the block."""
    seen: list[Asked] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django calls it so
        begun = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seen.append(Asked(sql, params, perf_counter() - begun))

    with connection.execute_wrapper(keep):
        yield seen


def read_whole(asked: Iterable[Asked]) -> set[str]:
    """Name the statements that read a table of more than a few pages from end to end."""
    return {
        each.sql
        for each in asked
        if each.sql.lstrip().startswith(("SELECT", "UPDATE")) and _reads_whole(each)
    }


def _reads_whole(asked: Asked) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {asked.sql}", asked.params)
        (plan,) = cursor.fetchone()
        tables = {node["Relation Name"] for node in _nodes(plan) if node["Node Type"] == "Seq Scan"}
        cursor.execute(
            "SELECT max(pg_relation_size(to_regclass(name))) FROM unnest(%s::text[]) AS name",
            [sorted(tables)],
        )
        (size,) = cursor.fetchone()
    return (size or 0) > _FEW_PAGES * _PAGE


def _nodes(plan: Any) -> Iterator[dict[str, Any]]:
    found = json.loads(plan) if isinstance(plan, str) else plan
    waiting = [each["Plan"] for each in found]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.get("Plans", ()))
        yield node
