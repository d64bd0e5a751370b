"""One check: what was looked at, what was found wrong, how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

SHOWN: Final = 50

Check = Callable[["Step"], Iterator[str]]


@dataclass
class Step:
    """A check as it goes on; ``note`` says in the end how much was looked at."""

    label: str
    note: str = ""
    findings: list[str] = field(default_factory=list)
    count: int = 0
    seconds: float = 0.0

    def told(self) -> dict[str, object]:
        """Give the step as the drill reads it; beyond the first findings only their number."""
        left = self.count - len(self.findings)
        more = [f"另有 {left} 处，不再列出"] if left else []
        return {
            "label": self.label,
            "seconds": round(self.seconds, 2),
            "note": self.note,
            "findings": [*self.findings, *more],
        }


def taken(label: str, check: Check) -> Step:
    """Run one check to its end."""
    step, began = Step(label), time.monotonic()
    for finding in check(step):
        step.count += 1
        if len(step.findings) < SHOWN:
            step.findings.append(finding)
    step.seconds = time.monotonic() - began
    return step
