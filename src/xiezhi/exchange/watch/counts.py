"""Counting what may be many: enough is enough for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from typing_extensions import override

# Its type is generic for the checker alone.
if TYPE_CHECKING:
    _Pages = Paginator[Any]
else:
    _Pages = Paginator

MOST: Final = 10_000
PER_PAGE: Final = 20


def capped(rows: QuerySet[Any]) -> int:
    """Count rows up to ``MOST``; a queue that is longer is long, and counting it costs seconds."""
    return rows.order_by()[:MOST].count()


def words(count: int) -> str:
    """Say a capped count."""
    return f"{MOST:,}以上" if count >= MOST else f"{count:,}"


class QueuePages(_Pages):
    """Pages of a queue, of which the first ten thousand rows are shown."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        """Keep the rows."""
        super().__init__(rows, PER_PAGE)
        self._rows = rows

    @cached_property
    @override
    def count(self) -> int:
        """Count what can be shown."""
        return capped(self._rows)
