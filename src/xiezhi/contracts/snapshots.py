"""Snapshots of released schemas: written once, then compared for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from xiezhi.contracts import exchange, kinds, messages  # noqa: F401 - released by being imported

FOLDER = Path(__file__).parent / "schemas"


def current() -> dict[str, dict[str, Any]]:
    """Return every schema by file name, as the models stand now."""
    found = {
        f"message.{name}.v{version}.json": model.model_json_schema()
        for (name, version), model in messages.REGISTRY.items()
    }
    for kind in kinds.every():
        found[f"kind.{kind.code}.v{kind.version}.json"] = kind.payload.model_json_schema()
    return found


def released() -> dict[str, dict[str, Any]]:
    """Return every schema by file name, as it was released."""
    return {path.name: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


def write_missing() -> list[str]:
    """Write the schemas that have no snapshot yet; never touch one that exists."""
    written = []
    for name, schema in current().items():
        path = FOLDER / name
        if not path.exists():
            text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
            path.write_text(f"{text}\n")
            written.append(name)
    return written


if __name__ == "__main__":
    write_missing()
