"""Rows in batches, so that any size of table needs the same memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

Row = TypeVar("Row")
BATCH: Final = 200
LARGE: Final = 16
"""Rows with an envelope, each of which may have sixteen mebibytes."""


def in_batches(rows: Iterable[Row], size: int = BATCH) -> Iterator[list[Row]]:
    """Cut ``rows`` into lists of at most ``size``, reading no further."""
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch
