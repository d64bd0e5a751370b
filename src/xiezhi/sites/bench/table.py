"""One line of the table of measurements."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured, what came out, and what was hoped for."""

    name: str
    value: str
    goal: str = ""
