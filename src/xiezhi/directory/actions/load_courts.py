"""Load courts from a data file; the file is the truth, rows follow it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction
from pypinyin import lazy_pinyin

from xiezhi.directory.models import Court


@transaction.atomic
def load_courts(*, path: Path) -> int:
    """Insert or update every court of the TOML file ``path``; return how many there are.

    Courts absent from the file stay: other rows bear their codes. Idempotent.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["court"]
    for entry in entries:
        values = {**entry, "sort_key": " ".join(lazy_pinyin(entry["name"]))}
        Court.objects.update_or_create(code=values.pop("code"), defaults=values)
    return len(entries)
