"""What a check of a template found."""

from __future__ import annotations

from typing import NamedTuple

from typing_extensions import override


class Finding(NamedTuple):
    """One fault of a template."""

    template: str
    line: int
    message: str

    @override
    def __str__(self) -> str:
        """Give it as lint prints it."""
        return f"{self.template}:{self.line}: {self.message}"
