"""``xiezhi restore``: bring a site back from its backup; it comes up in recovery."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from xiezhi.sites.continuity import recover
from xiezhi.sites.continuity.backup import FAULTS
from xiezhi.sites.continuity.blobs import bring_missing
from xiezhi.sites.continuity.faults import ContinuityFaultError
from xiezhi.sites.continuity.manifest import Manifest, read_manifest
from xiezhi.sites.continuity.place import Place, arguments, place_of, stopped
from xiezhi.sites.continuity.store import name_of
from xiezhi.sites.continuity.verify import verify
from xiezhi.sites.run import children, provision
from xiezhi.sites.run.console import say
from xiezhi.sites.run.places import SITES
from xiezhi.sites.run.postgres import Cluster, prepare_socket_folder
from xiezhi.sites.run.probes import listens_at
from xiezhi.sites.run.provision import ProvisionFaultError
from xiezhi.sites.run.table import TITLES
from xiezhi.sites.run.users import prepare_folders

RECOVER: Final = (sys.executable, "-m", "django", "exchange_recover")
"""What tells the exchange that its site forgot something; ``--restored-at`` follows."""

_IDENTIFIER: Final = "Database system identifier:"


@dataclass(frozen=True)
class Wish:
    """Which backup, until when, and where the keys are if the site has none."""

    name: str = ""
    until: datetime | None = None
    keys: Path | None = None
    recover: Sequence[str] = RECOVER


@dataclass(frozen=True)
class Restored:
    """What was restored: up to which commit, how many files, where the old database is now."""

    backup: Manifest
    restored_at: datetime
    files: int
    aside: Path | None


def main(argv: Sequence[str]) -> int:
    """Restore one site. Return 1 when it was refused or did not succeed; then nothing changed."""
    parser = arguments("xiezhi restore", "从备份恢复一个站点；原有数据库移到一旁，不删除")
    parser.add_argument("--site", required=True, choices=SITES, help="站点")
    parser.add_argument("--backup", default="", help="备份的名称（默认最近一份）")
    parser.add_argument(
        "--at", type=_instant, help="恢复到这一时刻，如 2026-03-02T09:42:00+08:00（默认恢复到最后）"
    )
    parser.add_argument("--keys", type=Path, help="另行保管的密钥目录，仅在站点没有密钥时使用")
    given = parser.parse_args(argv)
    title = TITLES[given.site]
    try:
        place = place_of(given, given.site)
        done = restore(place, Wish(given.backup, given.at, given.keys))
    except (*FAULTS, ProvisionFaultError) as fault:
        say(f"{title}：没有恢复，原有数据没有改动。{fault}")
        return 1
    local = f"{done.restored_at.astimezone():%Y-%m-%d %H:%M:%S}"
    say(f"{title}：已恢复到 {local}，补回文件 {done.files} 个。")
    if done.aside is not None:
        say(f"{title}：原有数据库移到 {done.aside}，确认无误后可自行删除。")
    say(f"{title}：请启动。站点先与对方核对往来，核对完成前不办理编号、决定和款项。")
    return 0


def restore(place: Place, wish: Wish) -> Restored:
    """Restore ``place``; the old database is moved aside in the very last step.

    Until then everything happens in a folder beside it, so whatever fails or is interrupted
    leaves the site as it was. Refuses: ``ContinuityFaultError`` on a running site, a damaged
    backup, missing keys, a moment that the archive does not reach.
    """
    with stopped(place):
        prepare_folders(place.home, place.accounts)
        _provide_keys(place, wish.keys)
        folder = place.store.newest(before=wish.until, name=wish.name)
        manifest = read_manifest(folder)
        cluster = place.cluster(place.folders.root / "pg.restore")
        _refuse(place, cluster, manifest)
        say("正在核对备份……")
        if found := verify(place, folder):
            raise ContinuityFaultError("备份有损坏：" + "；".join(found))
        say("正在复制数据库并重放日志……")
        if cluster.data.exists():
            shutil.rmtree(cluster.data)  # an interrupted restore's, never a site's
        recover.lay_out(folder / "base", cluster.data, cluster)
        leftover = _leftover(place, manifest)
        try:
            at = recover.replay(
                cluster, recover.Source(folder / "base", place.store.wal, leftover, wish.until)
            )
            restored_at = at or manifest.begun_at
            files = _finish(place, cluster, restored_at, wish.recover)
        except BaseException:
            # It speaks of the tables that were to be restored, not of those that stay.
            (place.folders.root / "migrated").unlink(missing_ok=True)
            raise
        finally:
            recover.settle(cluster)
        return Restored(manifest, restored_at, files, _swap(place, cluster))


def _finish(place: Place, cluster: Cluster, at: datetime, command: Sequence[str]) -> int:
    """Bring passwords, files and tables in line, then put the exchange into recovery."""
    database = place.database(cluster)
    recover.give_passwords(cluster, database.passwords)
    say("正在补回文件……")
    blobs = place.folders.root / "blobs"
    files = bring_missing(place.store.blobs, blobs)
    account = place.accounts.programs[place.site]
    if account is not None:
        owner = f"{account.uid}:{account.gid}"
        children.run(["chown", "-hR", owner, str(blobs)], env={"PATH": "/usr/bin:/bin"})
    (place.folders.root / "migrated").unlink(missing_ok=True)  # the base may be of an older release
    provision.migrate(place.home, {place.site: database}, place.accounts, place.environ())
    done = children.run(
        [*command, "--restored-at", at.isoformat()],
        env=place.environ() | database.environ(),
        account=account,
    )
    if done.returncode != 0:
        raise ContinuityFaultError(f"交换没有进入恢复状态：{done.stderr.strip()[-500:]}")
    return files


def _swap(place: Place, cluster: Cluster) -> Path | None:
    """Put the restored cluster in the place of the old one, which is kept."""
    aside = None
    if place.folders.cluster.exists():
        aside = place.folders.root / f"pg.before-{name_of(datetime.now(UTC))}"
        place.folders.cluster.rename(aside)
    cluster.data.rename(place.folders.cluster)
    return aside


def _refuse(place: Place, cluster: Cluster, manifest: Manifest) -> None:
    if listens_at(cluster.sockets):
        raise ContinuityFaultError("站点的数据库正在运行，请先停止。")
    if manifest.site != place.site:
        raise ContinuityFaultError(f"这是 {manifest.site} 的备份，不能恢复到 {place.site}。")
    if manifest.base.postgres != cluster.binaries.major:
        ours, theirs = cluster.binaries.label, manifest.base.postgres
        raise ContinuityFaultError(f"备份由 PostgreSQL {theirs} 建立，{ours} 不能打开。")
    prepare_socket_folder(cluster.sockets, cluster.account)


def _provide_keys(place: Place, given: Path | None) -> None:
    """Put the keys back where the site has none. Refuses: ``ContinuityFaultError`` without any."""
    keys = place.folders.keys
    if (keys / "master.json").exists():
        return
    if given is None or not (given / "master.json").exists():
        text = f"{keys} 没有密钥，恢复的内容无法读取。请用 --keys 指明另行保管的密钥目录。"
        raise ContinuityFaultError(text)
    shutil.copytree(given, keys, dirs_exist_ok=True)
    account = place.accounts.programs[place.site]
    if account is not None:
        own = {"database_owner", "database_superuser"}  # root's alone
        for path in (keys, *keys.rglob("*")):
            if path.name not in own:
                shutil.chown(path, account.uid, account.gid)


def _leftover(place: Place, manifest: Manifest) -> Path | None:
    """Return the log of the old cluster if it is the one the backup was taken of."""
    old = place.folders.cluster
    if not (old / "PG_VERSION").exists():
        return None
    cluster = place.cluster()
    argv = [cluster.program("pg_controldata"), str(old)]
    done = children.run(argv, env={"LC_ALL": "C"}, account=cluster.account)
    named = [line for line in done.stdout.splitlines() if line.startswith(_IDENTIFIER)]
    same = any(line.split(":")[1].strip() == manifest.base.system for line in named)
    return old / "pg_wal" if same else None


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.astimezone()
