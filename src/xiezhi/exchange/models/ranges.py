"""A set of whole numbers as PostgreSQL keeps it: ranges, merged as they meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, cast

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.multirange import Int8Multirange
from psycopg.types.range import Int8Range
from typing_extensions import override

Span = tuple[int, int]
"""First and last number of a run, both included."""

EMPTY: Final = "{}"


if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
else:
    _Field = models.Field


class NumberSetField(_Field):
    """``int8multirange``: as many ranges as there are gaps, whatever the numbers.

    In Python a tuple of :data:`Span`, ascending. The field is changed by ``UPDATE … + …`` in the
    database alone, so that two transactions never overwrite each other's numbers.
    """

    description = "set of whole numbers"

    @override
    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "int8multirange"

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Any:
        """Read the ranges as spans."""
        return None if value is None else spans_of(value)

    @override
    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, (str, Int8Multirange)):
            return value
        return multirange(cast("Iterable[Span]", value))


def spans_of(value: Iterable[Any]) -> tuple[Span, ...]:
    """Read PostgreSQL's half-open ranges as runs whose ends are both included."""
    return tuple((each.lower, each.upper - 1) for each in value)


def multirange(spans: Iterable[Span]) -> Int8Multirange:
    """Write runs as PostgreSQL's half-open ranges."""
    return Int8Multirange([Int8Range(first, last + 1) for first, last in spans])
