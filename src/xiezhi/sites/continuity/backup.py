"""``xiezhi backup``: the database first, then the stored files, then what is no longer kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from xiezhi.foundation.ids import uuid7
from xiezhi.sites.continuity import archive, lists
from xiezhi.sites.continuity.base import (
    Running,
    archive_back,
    archive_into,
    archived_into,
    count_rows,
    take_base,
)
from xiezhi.sites.continuity.blobs import bring_missing, forget_unlisted, take_in
from xiezhi.sites.continuity.faults import ContinuityFaultError
from xiezhi.sites.continuity.manifest import FILE, FilesTold, Manifest
from xiezhi.sites.continuity.place import Place, arguments, place_of, running
from xiezhi.sites.continuity.results import record
from xiezhi.sites.continuity.store import UNFINISHED, name_of, sync
from xiezhi.sites.continuity.verify import verify
from xiezhi.sites.run.binaries import BinariesMissingError
from xiezhi.sites.run.console import say
from xiezhi.sites.run.places import SITES
from xiezhi.sites.run.postgres import ClusterFaultError
from xiezhi.sites.run.table import TITLES

KEEP: Final = 7
FAULTS: Final = (ContinuityFaultError, ClusterFaultError, BinariesMissingError, OSError)


def main(argv: Sequence[str]) -> int:
    """Back up the sites asked for, or verify their newest backup. Return 1 when one failed."""
    parser = arguments("xiezhi backup", "备份站点的数据库与文件；密钥另行保管")
    parser.add_argument("--site", action="append", choices=SITES, help="站点（默认两个都备份）")
    parser.add_argument("--keep", type=int, default=KEEP, help=f"保留最近多少份（默认 {KEEP}）")
    parser.add_argument("--keys", type=Path, help="把密钥另存到此目录（请放在另一处保管）")
    parser.add_argument(
        "--files-only", action="store_true", help="只补入新的文件，可几分钟一次；数据库已有日志归档"
    )
    parser.add_argument("--verify", action="store_true", help="不备份，只核对最近一份备份")
    given = parser.parse_args(argv)
    failed = False
    for site in given.site or SITES:
        try:
            place = place_of(given, site)
            if given.verify:
                failed |= not _verified(place)
                continue
            if given.files_only:
                say(f"{TITLES[site]}：补入文件 {bring_in_files(place)} 个。")
                continue
            taken = back_up(place, keep=given.keep)
            say(f"{TITLES[site]}：已备份到 {place.store.root / taken.name}。")
            if given.keys is not None:
                say(f"{TITLES[site]}：密钥已另存到 {copy_keys(place, given.keys, taken.name)}。")
        except FAULTS as fault:
            say(f"{TITLES[site]}：没有完成。{fault}")
            failed = True
    return int(failed)


def back_up(place: Place, *, keep: int = KEEP) -> Manifest:
    """Take one backup and drop those beyond ``keep``. Refuses: ``ContinuityFaultError``.

    The files come after the database: whatever it names was stored before, so it is among them.
    A backup has its name only when it is whole.
    """
    begun = datetime.now(UTC)
    place.store.prepare(place.account)
    _sweep(place)
    folder = place.store.root / f"{name_of(begun)}{UNFINISHED}"
    folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700)
    with running(place) as database:
        manifest = _taken(place, database, folder, begun)
    done = folder.with_name(manifest.name)
    folder.rename(done)
    sync(done.parent)
    prune(place, keep=keep)
    record(place)
    return manifest


def bring_in_files(place: Place) -> int:
    """Bring the files that are new since the last backup into the store; return how many."""
    place.store.newest()
    return bring_missing(place.folders.root / "blobs", place.store.blobs)


def prune(place: Place, *, keep: int) -> None:
    """Remove the backups beyond the newest ``keep``, and what belonged to them alone."""
    folders = place.store.folders()
    for old in folders[: -max(1, keep)]:
        shutil.rmtree(old)
    kept = place.store.folders()
    first = min((each.base.segment for each in place.store.manifests()), key=archive.place_of)
    archive.forget_before(place.store.wal, first)
    listed = [folder / lists.FILE for folder in kept if (folder / lists.FILE).exists()]
    if listed:
        forget_unlisted(place.store, listed)


def copy_keys(place: Place, target: Path, name: str) -> Path:
    """Copy the site's keys and passwords below ``target``, closed to everybody else."""
    folder = target / f"{place.site}-{name}"
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copytree(place.folders.keys, folder)
    folder.chmod(0o700)
    return folder


def _taken(place: Place, database: Running, folder: Path, begun: datetime) -> Manifest:
    earlier = place.store.folders()
    before = archived_into(database)
    archive_into(database, place.store.wal)
    try:
        rows = count_rows(database)
        base = take_base(database, folder / "base")
    except BaseException:
        archive_back(database, before, place.store.wal)
        raise
    files = _files(place, folder, earlier[-1] / lists.FILE if earlier else None)
    manifest = Manifest(
        id=uuid7(),
        site=place.site,
        name=name_of(begun),
        begun_at=begun,
        finished_at=datetime.now(UTC),
        rows=rows,
        base=base,
        files=files,
    )
    with (folder / FILE).open("w", encoding="utf-8") as file:
        file.write(manifest.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    (folder / FILE).chmod(0o644)
    sync(folder)
    return manifest


def _files(place: Place, folder: Path, before: Path | None) -> FilesTold | None:
    """Bring the new files in; nothing is told where a site keeps its files elsewhere."""
    source = place.folders.root / "blobs"
    if not source.is_dir():
        return None
    listed = folder / lists.FILE
    known = before if before is not None and before.exists() else None
    count, size = lists.write_list(listed, take_in(source, place.store, known))
    return FilesTold(count=count, bytes=size, digest=lists.file_digest(listed))


def _sweep(place: Place) -> None:
    """Remove what an interrupted backup left unfinished."""
    for unfinished in place.store.root.glob(f"*{UNFINISHED}"):
        shutil.rmtree(unfinished)


def _verified(place: Place) -> bool:
    folder = place.store.newest()
    found = verify(place, folder)
    for line in found:
        say(f"{TITLES[place.site]}：{line}")
    say(f"{TITLES[place.site]}：{folder.name} {'有损坏' if found else '完好'}。")
    return not found
