"""Read the rows of docs/rules.yaml."""

import re
from pathlib import Path

_ROW = re.compile(r"^  (?P<id>[a-z_]+\.[a-z_0-9]+):\s+\{source: \[(?P<source>[^\]]+)\]")


def rules(path: Path) -> dict[str, tuple[str, ...]]:
    """Return each row's id with the sources that demand it, in the order of the file."""
    found = (_ROW.match(line) for line in path.read_text().splitlines())
    return {m["id"]: tuple(m["source"].split(", ")) for m in found if m is not None}


def rule_ids(path: Path) -> frozenset[str]:
    """Return the ids of all rows."""
    return frozenset(rules(path))
