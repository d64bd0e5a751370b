"""The site's own folder for parts that have arrived: sealed as they came, until all are here."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

_DIRECTORY: Final = 0o700
_PRIVATE: Final = 0o600


def keep_part(src: str, attachment: UUID, number: int, data: bytes) -> None:
    """Write one part; durable when this returns. A part that comes again replaces itself."""
    folder = _folder(src, attachment)
    new = not folder.is_dir()
    folder.mkdir(mode=_DIRECTORY, parents=True, exist_ok=True)
    unfinished = folder / f".{number}.tmp"
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(handle)
    unfinished.rename(folder / str(number))
    _sync(folder)
    if new:
        _sync(folder.parent)
        _sync(folder.parent.parent)


def kept_part(src: str, attachment: UUID, number: int) -> bytes:
    """Read one part. Refuses: ``FileNotFoundError``."""
    return (_folder(src, attachment) / str(number)).read_bytes()


def drop_part(src: str, attachment: UUID, number: int) -> None:
    """Remove one part. Idempotent."""
    (_folder(src, attachment) / str(number)).unlink(missing_ok=True)


def drop_parts(src: str, attachment: UUID) -> None:
    """Remove all parts of an attachment. Idempotent."""
    with suppress(FileNotFoundError):
        shutil.rmtree(_folder(src, attachment))


def staged(src: str) -> list[UUID]:
    """List the attachments of a peer of which parts lie here."""
    with suppress(FileNotFoundError):
        return [UUID(each.name) for each in (_root() / src).iterdir()]
    return []


def _root() -> Path:
    return Path(settings.XIEZHI_SITE_DIRECTORY) / "incoming"


def _folder(src: str, attachment: UUID) -> Path:
    return _root() / src / str(attachment)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
