"""Key files: private to their owner, written whole or not at all, never overwritten by chance."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from xiezhi.security.keys.errors import KeyFileRefused

_PRIVATE: Final = 0o600
_DIRECTORY: Final = 0o700
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO

Record = TypeVar("Record", bound=BaseModel)


def private_directory(directory: Path) -> Path:
    """Make the directory, closed to everybody but its owner, if it is not there."""
    directory.mkdir(mode=_DIRECTORY, parents=True, exist_ok=True)
    return directory


def read(path: Path, kind: type[Record]) -> Record:
    """Read a key file.

    Refuses: ``KeyFileRefused`` when it is missing, open to others, or malformed.
    """
    try:
        if path.stat().st_mode & _OTHERS:
            raise KeyFileRefused(f"{path} is open to others; run: chmod 600 {path}")
        text = path.read_text("utf-8")
    except OSError as error:
        raise KeyFileRefused(f"{path} cannot be read: {error.strerror}") from None
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        # The details of the error would quote the file, which is secret.
        raise KeyFileRefused(f"{path} is malformed in {error.error_count()} places") from None


def create(path: Path, record: BaseModel) -> bool:
    """Write a new key file; tell whether it was written.

    Idempotence: a file that exists is left as it is, also when two processes meet here.
    """
    temporary = _written(path, record)
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        return False
    finally:
        temporary.unlink()
    _sync(path.parent)
    return True


def replace(path: Path, record: BaseModel) -> None:
    """Write a key file anew in one step, for rotation only."""
    _written(path, record).replace(path)
    _sync(path.parent)


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Keep apart two who change the keys of one site."""
    handle = os.open(directory / ".lock", os.O_RDWR | os.O_CREAT, _PRIVATE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _written(path: Path, record: BaseModel) -> Path:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(record.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return temporary


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
