"""Read the rows of docs/rules.yaml."""

import re
from pathlib import Path

import pytest

_ROW = re.compile(r"^  (?P<id>[a-z_]+\.[a-z_0-9]+):\s+\{source: \[(?P<source>[^\]]+)\]")


class UnknownRowError(Exception):
    """Say that a test claims to show a row that is not there."""


def claimed(mark: pytest.Mark, known: frozenset[str]) -> tuple[str, ...]:
    """Return the rows that a mark claims. Refuses: ``UnknownRowError``."""
    if not mark.args:
        raise UnknownRowError("the mark rule names no row")
    for row in mark.args:
        if row not in known:
            raise UnknownRowError(f"docs/rules.yaml has no row {row!r}")
    return tuple(mark.args)


def rules(path: Path) -> dict[str, tuple[str, ...]]:
    """Return each row's id with the sources that demand it, in the order of the file."""
    found = (_ROW.match(line) for line in path.read_text().splitlines())
    return {m["id"]: tuple(m["source"].split(", ")) for m in found if m is not None}


def rule_ids(path: Path) -> frozenset[str]:
    """Return the ids of all rows."""
    return frozenset(rules(path))
