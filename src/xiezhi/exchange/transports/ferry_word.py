"""Read the status file that the ferry leaves in an in tray: bounded, strict, believed in nothing.

The ferry is nobody's confidant: what it writes is shown to operators and decides nothing.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from xiezhi.exchange.transports.port import FerryWord, Trouble

NAME: Final = ".ferry.json"
_MAX_BYTES: Final = 32 * 1024
_Count = Annotated[int, Field(ge=0, le=2**63)]


class _Trouble(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    place: str = Field(max_length=400, pattern=r"^[^\x00-\x1f\x7f]*$")
    error: str = Field(pattern=r"^[A-Z][A-Za-z0-9_]{0,31}$")


class _Word(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    v: int = Field(ge=1, le=1)
    clock: AwareDatetime
    begun_at: AwareDatetime
    brought: _Count
    taken: _Count
    troubles: list[_Trouble] = Field(max_length=20)
    more_troubles: _Count


def read(tray: Path) -> FerryWord | None:
    """Read the ferry's word from a tray; ``None`` when there is none that can be understood."""
    try:
        content, heard_at = _content(tray / NAME)
        word = _Word.model_validate_json(content)
    except (OSError, OverflowError, ValueError):
        return None
    return FerryWord(
        heard_at=heard_at,
        clock=word.clock,
        begun_at=word.begun_at,
        brought=word.brought,
        taken=word.taken,
        troubles=tuple(Trouble(each.place, each.error) for each in word.troubles),
        more_troubles=word.more_troubles,
    )


def _content(path: Path) -> tuple[bytes, datetime]:
    # A pipe or a link in this place must neither stop us nor lead us away.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        written = os.fstat(handle).st_mtime
        return file.read(_MAX_BYTES), datetime.fromtimestamp(written, UTC)
