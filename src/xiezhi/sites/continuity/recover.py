"""Bring a base to life in a new folder: copy it, replay the log, stop where asked."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from xiezhi.sites.continuity.archive import fetching
from xiezhi.sites.continuity.faults import ContinuityFaultError
from xiezhi.sites.continuity.store import give
from xiezhi.sites.run import children, roles
from xiezhi.sites.run.postgres import SUPERUSER, Cluster

PATIENCE: Final = 4 * 3600.0
_POLL: Final = 0.05
_HBA: Final = "recovery_hba.conf"


@dataclass(frozen=True)
class Source:
    """What is replayed: a base, the archive, the log of the cluster that is replaced, until when.

    ``until`` stops before the first act that was committed later; without it all is replayed.
    """

    base: Path
    archive: Path
    leftover: Path | None = None
    until: datetime | None = None


def lay_out(source: Path, target: Path, cluster: Cluster) -> None:
    """Copy a base into the new folder ``target``, for the cluster's account, durably."""
    env = {"PATH": os.defpath}
    done = children.run(["cp", "-a", "--reflink=auto", str(source), str(target)], env=env)
    if done.returncode != 0:
        raise ContinuityFaultError(f"备份没有复制完成：{done.stderr.strip()[-500:]}")
    if cluster.account is not None:
        owner = f"{cluster.account.uid}:{cluster.account.gid}"
        children.run(["chown", "-hR", owner, str(target)], env=env)
    target.chmod(0o700)
    if not cluster.lossy:
        argv = [cluster.program("initdb"), "--sync-only", "--pgdata", str(target)]
        children.run(argv, env=env, account=cluster.account)


def replay(cluster: Cluster, source: Source) -> datetime | None:
    """Start ``cluster`` on a base that was laid out, replay the log and let it go its own way.

    Afterwards it runs, archives nothing, and lets the superuser in without a password through its
    own socket. Returns when the last act that it knows was committed, if the log told of any.
    Refuses: ``ContinuityFaultError`` when ``until`` lies outside of what was archived.
    """
    hba, signal = cluster.data / _HBA, cluster.data / "recovery.signal"
    hba.write_text("local all all trust\n")
    signal.touch()
    for path in (hba, signal):
        give(path, cluster.account)
    cluster.settings = {
        "archive_mode": "off",
        "hba_file": str(hba),
        "restore_command": fetching(source.archive, source.leftover),
        "recovery_target_action": "promote",
        **_target(source.until),
    }
    cluster.start()
    _await(cluster)
    with cluster.connect("") as connection:
        row = connection.execute("SELECT pg_last_xact_replay_timestamp()").fetchone()
    return row[0] if row else None


def give_passwords(cluster: Cluster, passwords: Mapping[str, str]) -> None:
    """Set the passwords that this installation's key folder holds, whatever the base brought."""
    with cluster.connect("") as connection:
        roles.create_roles(connection, owner=passwords[roles.OWNER], app=passwords[roles.APP])
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(SUPERUSER), sql.Literal(passwords["superuser"])
            )
        )


def settle(cluster: Cluster) -> None:
    """Stop the cluster cleanly and take back what was made for the replay alone."""
    cluster.stop(patience=300)
    (cluster.data / _HBA).unlink(missing_ok=True)


def _target(until: datetime | None) -> dict[str, str]:
    if until is None:
        return {}
    at = until.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00")
    return {"recovery_target_time": at, "recovery_target_inclusive": "on"}


def _await(cluster: Cluster) -> None:
    """Return when the log is replayed and the cluster takes writes."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if cluster.process is not None and cluster.process.poll() is not None:
            break
        with contextlib.suppress(psycopg.OperationalError), cluster.connect("") as connection:
            row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
            if row == (False,):
                return
        time.sleep(_POLL)
    cluster.stop()
    raise ContinuityFaultError(_why(cluster))


def _why(cluster: Cluster) -> str:
    log = cluster.log.read_text(errors="replace")[-4000:]
    if "before configured recovery target was reached" in log:
        return "归档的日志没有延续到要求的时刻，请改用较早的时刻，或者不加 --at。"
    if "precedes the end" in log or "recovery target" in log:
        return "这份备份晚于要求的时刻，请改用较早的备份。"
    return f"日志没有重放完成，数据库所述：\n{log[-1500:]}"
