"""What a backup says of itself: when, what, how much, and the digests of its lists."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError

from xiezhi.sites.continuity.faults import ContinuityFaultError

FILE: Final = "manifest.json"


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FilesTold(_Told):
    """The stored files when the backup was taken; ``digest`` is that of their list."""

    count: int
    bytes: int
    digest: str


class BaseTold(_Told):
    """The database; ``digest`` is that of PostgreSQL's own list, which digests every file."""

    bytes: int
    digest: str
    postgres: int
    system: str
    segment: str


class Manifest(_Told):
    """One backup. ``rows`` were counted before the base began: a restore never has fewer."""

    v: Literal[1] = 1
    id: UUID
    site: str
    name: str
    begun_at: datetime
    finished_at: datetime
    rows: dict[str, int]
    base: BaseTold
    files: FilesTold | None


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of the backup in ``folder``. Refuses: ``ContinuityFaultError``."""
    try:
        return Manifest.model_validate_json((folder / FILE).read_text("utf-8"))
    except (OSError, ValidationError) as error:
        raise ContinuityFaultError(f"{folder / FILE} 无法读取：{type(error).__name__}。") from None
