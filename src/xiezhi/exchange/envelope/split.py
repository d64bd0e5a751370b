"""How an attachment is cut into parts, and how a set of parts is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

PART_SIZE: Final = 4 * 1024 * 1024
"""Plain bytes of one part: small enough to hold several in memory, large enough to be few."""

MAX_PARTS: Final = 8192
MAX_RANGES: Final = 128
"""More are not told: what is not named is sent again."""


def count_of(size: int) -> int:
    """Tell how many parts a content of ``size`` bytes has; an empty one has one, for its name."""
    return max(1, -(-size // PART_SIZE))


def length_of(size: int, number: int) -> int:
    """Tell how many bytes of the content part ``number`` holds; less than none beyond the end."""
    return min(PART_SIZE, size - number * PART_SIZE)


def as_ranges(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Write numbers as ranges, both ends included, ascending, as many as a word holds."""
    found: list[tuple[int, int]] = []
    for each in sorted(set(numbers)):
        if found and found[-1][1] == each - 1:
            found[-1] = (found[-1][0], each)
        else:
            found.append((each, each))
    return tuple(found[:MAX_RANGES])
