"""Claim rows to work on: by state, passing over what is locked, within a budget of bytes."""

from __future__ import annotations

from typing import Final, TypeVar

from django.db.models import BigIntegerField, F, Func, Model, QuerySet

from xiezhi.exchange.limits import PARCEL_BYTES

Row = TypeVar("Row", bound=Model)
_SIZE: Final = "claimed_size"


class _OctetLength(Func):
    function = "octet_length"
    output_field = BigIntegerField()


def within_budget(rows: QuerySet[Row], column: str, limit: int) -> list[Row]:
    """Lock and load up to ``limit`` rows whose ``column`` holds together a few megabytes.

    The first row always comes, however large. Sizes are asked for before contents are loaded, so
    memory stays bounded. Rows that somebody else has locked are passed over.
    """
    sizes = (
        rows.select_for_update(skip_locked=True, no_key=True)
        .annotate(**{_SIZE: _OctetLength(F(column))})
        .values_list("pk", _SIZE)[:limit]
    )
    chosen: list[object] = []
    total = 0
    for key, size in sizes:
        total += size or 0
        if chosen and total > PARCEL_BYTES:
            break
        chosen.append(key)
    return list(rows.filter(pk__in=chosen)) if chosen else []
