"""The number of the transaction that writes a row, as the database gives it."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Func
from django.db.models.sql.compiler import SQLCompiler
from typing_extensions import override


class CurrentTransaction(Func):
    """``pg_current_xact_id()`` as a bigint: 64 bits, never reused, comparable with snapshots."""

    output_field = BigIntegerField()

    @override
    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any
    ) -> tuple[str, list[Any]]:
        """Write the call; xid8 converts to a number through text alone."""
        return "(pg_current_xact_id()::text::bigint)", []
