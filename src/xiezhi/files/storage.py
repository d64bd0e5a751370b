"""The content store behind Django's storage API: encrypted files, written whole or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from typing_extensions import override

_PRIVATE: Final = 0o600
_DIRECTORY: Final = 0o700
_ALIAS: Final = "blobs"


def content_name(blob_id: UUID) -> str:
    """Name the file of a blob: two folders by its last digits, which are random.

    The first digits of a UUIDv7 are the time, so by them all of a day would share a folder.
    """
    digits = blob_id.hex
    return f"{digits[-2:]}/{digits[-4:-2]}/{blob_id}"


def content_store() -> Storage:
    """Return the site's store: ``STORAGES["blobs"]`` if set (for instance S3), else the folder."""
    if _ALIAS in settings.STORAGES:
        return storages[_ALIAS]
    return FolderStorage(Path(settings.XIEZHI_SITE_DIRECTORY) / _ALIAS)


class FolderStorage(Storage):
    """Files below one folder of the site: temporary file, fsync, rename, fsync of the folder."""

    def __init__(self, root: Path | str) -> None:
        """Keep the folder."""
        self.root = Path(root)

    @override
    def path(self, name: str) -> str:
        return str(self._path(name))

    @override
    def exists(self, name: str) -> bool:
        return self._path(name).exists()

    @override
    def size(self, name: str) -> int:
        return self._path(name).stat().st_size

    @override
    def delete(self, name: str) -> None:
        """Remove the file. Idempotent."""
        path = self._path(name)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _sync(path.parent)

    @override
    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        """Write the file once.

        Refuses: ``FileExistsError``: a blob is never written over.
        """
        if name is None:
            raise ValueError("a blob's file is named by its id")
        return self._save(name, File(content) if not isinstance(content, File) else content)

    def names(self) -> Iterator[str]:
        """Yield the names of all files, unfinished ones included."""
        if self.root.is_dir():
            for path in self.root.glob("*/*/*"):
                yield path.relative_to(self.root).as_posix()

    def age_seconds(self, name: str, now: float) -> float:
        """Return how long ago a file was written."""
        return now - self._path(name).stat().st_mtime

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return File(cast("IO[bytes]", self._path(name).open(mode)), name=name)

    def _save(self, name: str, content: "File[bytes]") -> str:
        path = self._path(name)
        path.parent.mkdir(mode=_DIRECTORY, parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.tmp")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
        try:
            with os.fdopen(handle, "wb") as file:
                for block in content.chunks():
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            path.hardlink_to(temporary)
        finally:
            temporary.unlink(missing_ok=True)
        _sync(path.parent)
        return name

    def _path(self, name: str) -> Path:
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise ValueError("a blob's file lies in the store")
        return path


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def opened(name: str) -> BinaryIO:
    """Open a stored file for reading.

    Refuses: ``FileNotFoundError``.
    """
    return cast("BinaryIO", content_store().open(name, "rb"))
