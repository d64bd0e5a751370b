"""Grades of data (数据分级): every field declares one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum


class Grade(IntEnum):
    """The grades of GB/T 43697-2024 as this system uses them; L5 never enters it."""

    PUBLIC = 1
    INTERNAL = 2
    SENSITIVE = 3
    HIGH = 4


FieldGrades = Mapping[Grade, tuple[str, ...]]
