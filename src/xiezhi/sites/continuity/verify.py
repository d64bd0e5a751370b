"""Compare a backup with the digests it was written with."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from xiezhi.sites.continuity import archive, lists
from xiezhi.sites.continuity.base import verify_base
from xiezhi.sites.continuity.blobs import damaged
from xiezhi.sites.continuity.manifest import read_manifest
from xiezhi.sites.continuity.place import Place

SHOWN = 20


def verify(place: Place, folder: Path) -> list[str]:
    """Return what is wrong with the backup in ``folder``: nothing when all of it is whole.

    Reads every file of it. The archived log is looked at for gaps; replaying it is the drill's.
    """
    manifest = read_manifest(folder)
    found = verify_base(place.cluster(), folder / "base", manifest.base)
    if manifest.files is not None:
        listed = folder / lists.FILE
        if lists.file_digest(listed) != manifest.files.digest:
            found.append("文件清单与备份说明中的摘要不符")
        else:
            names = islice(damaged(place.store, listed), SHOWN)
            found += [f"文件 {name} 缺失或者已损坏" for name in names]
    since = [
        name
        for name in archive.segments(place.store.wal)
        if archive.place_of(name) >= archive.place_of(manifest.base.segment)
    ]
    found += [f"归档日志在 {name} 之后不连续" for name in archive.gaps(since)]
    return found
