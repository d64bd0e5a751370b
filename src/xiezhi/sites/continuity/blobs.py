"""Stored files: into the backup, back to the site, out of the backup when no list names them.

A stored file never changes and is named by its id, so an increment is what is not there yet.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from xiezhi.sites.continuity.lists import Kept, file_digest, names_in, read_list
from xiezhi.sites.continuity.store import Store, sync

_UNFINISHED = ".tmp"


def take_in(source: Path, store: Store, before: Path | None) -> Iterator[Kept]:
    """Bring what is new in ``source`` into the store; yield every file there is, by name.

    ``before`` is the list of an earlier backup: what it names is not read again. Constant memory.
    A link where source and store share a disk, else a copy.
    """
    known = read_list(before) if before is not None else iter(())
    ahead, touched = next(known, None), set[Path]()
    for name in stored_names(source):
        while ahead is not None and ahead.name < name:
            ahead = next(known, None)
        kept = store.blobs / name
        if not kept.exists():
            if not _brought(source / name, kept):
                continue
            touched |= {kept.parent, kept.parent.parent}
        if ahead is not None and ahead.name == name:
            yield ahead
        else:
            yield Kept(name, kept.stat().st_size, file_digest(kept))
    for folder in touched:
        sync(folder)


def bring_missing(source: Path, target: Path) -> int:
    """Put every file of ``source`` that is missing in ``target`` there; return how many.

    Nothing that is there is changed or removed.
    """
    touched, brought = set[Path](), 0
    for name in stored_names(source):
        path = target / name
        if not path.exists() and _brought(source / name, path):
            touched |= {path.parent, path.parent.parent}
            brought += 1
    for folder in touched:
        sync(folder)
    return brought


def forget_unlisted(store: Store, lists: list[Path]) -> int:
    """Remove files that none of ``lists`` names; return how many."""
    named = names_in(lists)
    ahead, removed = next(named, None), 0
    for name in stored_names(store.blobs):
        while ahead is not None and ahead < name:
            ahead = next(named, None)
        if ahead != name:
            (store.blobs / name).unlink(missing_ok=True)
            removed += 1
    return removed


def damaged(store: Store, listed: Path) -> Iterator[str]:
    """Yield the names of files that are missing in the store or not as the list says."""
    for each in read_list(listed):
        path = store.blobs / each.name
        there = path.is_file() and path.stat().st_size == each.size
        if not there or file_digest(path) != each.digest:
            yield each.name


def stored_names(root: Path) -> Iterator[str]:
    """Yield the names of the finished files below ``root``, sorted, one folder at a time."""
    for first in _sorted(root):
        for second in _sorted(root / first):
            for name in _sorted(root / first / second):
                if not name.endswith(_UNFINISHED):
                    yield f"{first}/{second}/{name}"


def _sorted(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _brought(source: Path, target: Path) -> bool:
    """Link or copy one plain file, durable before it has its name; tell whether it was there."""
    _folders(target.parent, like=source)
    unfinished = target.with_name(f"{target.name}{_UNFINISHED}")
    unfinished.unlink(missing_ok=True)
    try:
        if not stat.S_ISREG(source.lstat().st_mode):
            return False
        os.link(source, unfinished, follow_symlinks=False)
    except FileNotFoundError:
        return False  # destroyed in the meantime
    except OSError as error:
        if error.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK}:
            raise
        if not _copied(source, unfinished):
            return False
    unfinished.rename(target)
    return True


def _copied(source: Path, target: Path) -> bool:
    try:
        handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    with os.fdopen(handle, "rb") as read, target.open("xb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
        owner = os.fstat(read.fileno())
        if os.geteuid() == 0:
            os.fchown(written.fileno(), owner.st_uid, owner.st_gid)
        os.fchmod(written.fileno(), 0o600)
    return True


def _folders(folder: Path, *, like: Path) -> None:
    """Make the two folders above a file, owned and closed as those it comes from."""
    if folder.is_dir():
        return
    for made, model in ((folder.parent, like.parent.parent), (folder, like.parent)):
        if not made.is_dir():
            made.mkdir(mode=0o700, exist_ok=True)
            if os.geteuid() == 0:
                owner = model.stat()
                os.chown(made, owner.st_uid, owner.st_gid)
