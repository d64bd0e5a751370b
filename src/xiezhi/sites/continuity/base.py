"""The base of a backup: the whole cluster, copied while it runs, with what it was known to hold."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import sql

from xiezhi.sites.continuity.archive import MARKER
from xiezhi.sites.continuity.faults import ContinuityFaultError
from xiezhi.sites.continuity.lists import file_digest
from xiezhi.sites.continuity.manifest import BaseTold
from xiezhi.sites.continuity.store import give, sync
from xiezhi.sites.run import children, roles
from xiezhi.sites.run.postgres import SUPERUSER, Cluster

_SEGMENT_BYTES = 16 * 1024 * 1024
_PATIENCE_SECONDS = 30
_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""


@dataclass(frozen=True)
class Running:
    """A cluster that answers, and the superuser's password."""

    cluster: Cluster
    password: str


def count_rows(running: Running) -> dict[str, int]:
    """Count the rows of every table at one moment."""
    counts: dict[str, int] = {}
    with (
        running.cluster.connect(running.password, database=roles.DATABASE) as connection,
        connection.transaction(),
    ):
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for (table,) in connection.execute(_TABLES).fetchall():
            count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            row = connection.execute(count).fetchone()
            counts[table] = row[0] if row else 0
    return counts


def archive_into(running: Running, wal: Path) -> None:
    """Tell the server where its log is archived from now on.

    Refuses: ``ContinuityFaultError`` for a place whose name the server's shell could misread.
    """
    marker = running.cluster.data / MARKER
    if "\n" in str(wal) or "\\" in str(wal):
        raise ContinuityFaultError(f"备份目录的名称不能含有换行或反斜线：{wal}")
    if marker.exists() and marker.read_text() == f"{wal}\n":
        return
    fresh = marker.with_name(f".{MARKER}.new")
    fresh.unlink(missing_ok=True)
    fresh.write_text(f"{wal}\n")
    give(fresh, running.cluster.account)
    fresh.rename(marker)


def archived_into(running: Running) -> Path | None:
    """Return where the server's log is archived now, if anywhere."""
    marker = running.cluster.data / MARKER
    told = marker.read_text().rstrip("\n") if marker.exists() else ""
    return Path(told) if told else None


def archive_back(running: Running, before: Path | None, strayed: Path) -> None:
    """Archive again where it was done before a backup failed, with what has strayed meanwhile.

    Else the backups that there are would lack a stretch of the log. The server is told first, and
    what it has begun for ``strayed`` is waited for.
    """
    if before is None:
        (running.cluster.data / MARKER).unlink(missing_ok=True)
    elif before != strayed:
        archive_into(running, before)
        _let_finish(running)
        for path in sorted(strayed.glob("*.gz")):
            target, fresh = before / path.name, before / f".{path.name}.tmp"
            if not target.exists():
                with path.open("rb") as source, fresh.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
                    copy.flush()
                    os.fsync(copy.fileno())
                give(fresh, running.cluster.account)
                fresh.rename(target)
        sync(before)


def _let_finish(running: Running) -> None:
    status = running.cluster.data / "pg_wal" / "archive_status"
    begun, end = list(status.glob("*.ready")), time.monotonic() + _PATIENCE_SECONDS
    while any(path.exists() for path in begun) and time.monotonic() < end:
        time.sleep(0.05)


def take_base(running: Running, target: Path) -> BaseTold:
    """Copy the running cluster into the new folder ``target``; it can be restored by itself.

    What is written meanwhile is copied too, from the log. Refuses: ``ContinuityFaultError``.
    """
    cluster = running.cluster
    target.mkdir(mode=0o700)
    give(target, cluster.account)
    argv = [
        *(cluster.program("pg_basebackup"), "--pgdata", str(target), "--format", "plain"),
        *("--wal-method", "stream", "--checkpoint", "fast", "--no-password"),
        *("--manifest-checksums", "SHA256", "--host", str(cluster.sockets), "-U", SUPERUSER),
    ]
    argv += ["--no-sync"] if cluster.lossy else []
    env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGPASSWORD": running.password}
    done = children.run(argv, env=env, account=cluster.account)
    if done.returncode != 0:
        raise ContinuityFaultError(f"数据库没有备份成功：{done.stderr.strip()[-2000:]}")
    return _told(running, target)


def verify_base(cluster: Cluster, base: Path, told: BaseTold) -> list[str]:
    """Compare a base with its digests; return what PostgreSQL finds wrong."""
    if file_digest(base / "backup_manifest") != told.digest:
        return ["base/backup_manifest 与备份说明中的摘要不符"]
    argv = [cluster.program("pg_verifybackup"), "--exit-on-error", str(base)]
    env = {"PATH": f"{cluster.binaries.folder}:{os.defpath}", "LC_ALL": "C.UTF-8"}
    done = children.run(argv, env=env, account=cluster.account)
    return [] if done.returncode == 0 else [done.stderr.strip()[-1000:]]


def _told(running: Running, base: Path) -> BaseTold:
    listed: dict[str, Any] = json.loads((base / "backup_manifest").read_text())
    (wal, *_) = listed["WAL-Ranges"]
    high, low = (int(half, 16) for half in wal["Start-LSN"].split("/"))
    with running.cluster.connect(running.password) as connection:
        row = connection.execute("SELECT system_identifier FROM pg_control_system()").fetchone()
    return BaseTold(
        bytes=sum(each["Size"] for each in listed["Files"]),
        digest=file_digest(base / "backup_manifest"),
        postgres=running.cluster.binaries.major,
        system=str(row[0]) if row else "",
        segment=f"{wal['Timeline']:08X}{high:08X}{low // _SEGMENT_BYTES:08X}",
    )
