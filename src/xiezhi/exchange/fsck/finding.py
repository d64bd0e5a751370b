"""One thing that is not as it must be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A stable code and one sentence with ids and numbers, never with a content."""

    code: str
    text: str
