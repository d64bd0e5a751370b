"""Components of lists: tables, pages of a list, rows of a work queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlencode

from pydantic import InstanceOf
from typing_extensions import override

from xiezhi.foundation.pages.components.base import Component, Content, Text, component, item
from xiezhi.foundation.pages.components.status import (
    ClockBadge,
    EmptyState,
    StatusChip,
)


@item
class Column:
    """A column: its heading, and how its cells stand."""

    label: Text
    align: Literal["left", "right"] = "left"
    wrap: bool = True
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@item
class TableRow:
    """A row; ``url`` makes its first cell lead to the thing."""

    cells: Sequence[Content]
    url: str = ""
    alarm: bool = False


@component
class Pagination(Component):
    """Which page of a list; ``query`` keeps what was filtered."""

    page: int
    pages: int
    total: int
    url: str = ""
    query: Sequence[tuple[str, str]] = ()
    unit: Text = "条"

    @override
    def variables(self) -> dict[str, object]:
        near = {1, self.pages, self.page - 1, self.page, self.page + 1}
        shown = sorted(number for number in near if 1 <= number <= self.pages)
        numbers: list[int | None] = []
        for number in shown:
            if numbers and number - (numbers[-1] or 0) > 1:
                numbers.append(None)
            numbers.append(number)
        return super().variables() | {"numbers": numbers, "address": self.address}

    def address(self, page: int) -> str:
        """Give the address of a page of the list."""
        return f"{self.url}?{urlencode([*self.query, ('page', str(page))])}"


@component
class DataTable(Component):
    """A table; on a phone each row becomes a card whose cells carry their headings."""

    columns: Sequence[Column]
    rows: Sequence[TableRow]
    caption: Text
    empty: InstanceOf[EmptyState]
    pagination: InstanceOf[Pagination] | None = None
    show_caption: bool = False


@component
class WorkRow(Component):
    """One row of a work queue: what, for whom, how it stands, by when."""

    title: Text
    url: str
    status: InstanceOf[StatusChip]
    number: Text = ""
    facts: Sequence[Content] = ()
    clock: InstanceOf[ClockBadge] | None = None
    note: Text = ""
    unread: bool = False
    key: str = ""
    level: Literal[2, 3, 4] = 3
