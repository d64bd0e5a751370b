"""The number of the transaction that writes a row, as the database gives it."""

from __future__ import annotations

from django.db.models import BigIntegerField, Func


class CurrentTransaction(Func):
    """``pg_current_xact_id()`` as a bigint: 64 bits, never reused, comparable with snapshots.

    xid8 converts to a number through text alone.
    """

    function = "pg_current_xact_id"
    template = "(%(function)s()::text::bigint)"
    output_field = BigIntegerField()
