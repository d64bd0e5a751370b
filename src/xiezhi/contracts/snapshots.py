"""Snapshots of released schemas: written once, then compared for ever."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from xiezhi.contracts import exchange, kinds, messages, peering

FOLDER = Path(__file__).parent / "schemas"
LEDGER = "SHA256SUMS"

# Messages are released by the modules that hold them; these are read for that alone.
RELEASING = (messages, exchange, peering)


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


def digests(folder: Path = FOLDER) -> dict[str, str]:
    """Digest every snapshot file, by its name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.json"))
    }


def ledger(folder: Path = FOLDER) -> dict[str, str]:
    """Return what was ever released: the digest of each file, by its name."""
    lines = (folder / LEDGER).read_text().splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def altered(folder: Path = FOLDER) -> list[str]:
    """List snapshots that were changed or deleted after their release, or never entered."""
    kept, now = ledger(folder), digests(folder)
    return sorted(name for name in {*kept, *now} if kept.get(name) != now.get(name))


def write_missing(folder: Path = FOLDER) -> list[str]:
    """Write the schemas that have no snapshot yet, each with its line in the ledger.

    One that exists is never touched, and a line of the ledger never changes.
    """
    written = []
    for name, schema in current().items():
        path = folder / name
        if not path.exists():
            text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
            path.write_text(f"{text}\n")
            written.append(name)
    kept = ledger(folder) if (folder / LEDGER).exists() else {}
    lines = sorted({**digests(folder), **kept}.items())
    (folder / LEDGER).write_text("".join(f"{digest}  {name}\n" for name, digest in lines))
    return written


if __name__ == "__main__":
    write_missing()
