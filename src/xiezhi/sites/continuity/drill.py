"""``xiezhi drill``: restore the newest backup elsewhere, look whether everything is there, tell."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from xiezhi.foundation.ids import uuid7
from xiezhi.sites.continuity import recover
from xiezhi.sites.continuity.backup import FAULTS
from xiezhi.sites.continuity.faults import ContinuityFaultError
from xiezhi.sites.continuity.manifest import Manifest, read_manifest
from xiezhi.sites.continuity.place import Place, arguments, place_of
from xiezhi.sites.continuity.results import DrillTold, StepTold, keep, record
from xiezhi.sites.continuity.store import give
from xiezhi.sites.continuity.verify import verify
from xiezhi.sites.run import children, provision
from xiezhi.sites.run.console import say
from xiezhi.sites.run.places import SITES, Home
from xiezhi.sites.run.postgres import Cluster, prepare_socket_folder
from xiezhi.sites.run.provision import ProvisionFaultError
from xiezhi.sites.run.table import TITLES


def main(argv: Sequence[str]) -> int:
    """Drill the sites asked for. Return 1 when one did not pass."""
    parser = arguments("xiezhi drill", "恢复演练：恢复到别处，核对，记录结果；不影响运行中的站点")
    parser.add_argument("--site", action="append", choices=SITES, help="站点（默认两个都演练）")
    parser.add_argument("--backup", default="", help="备份的名称（默认最近一份）")
    parser.add_argument("--scratch", type=Path, help="恢复到此目录之下（默认备份目录）")
    given = parser.parse_args(argv)
    passed = True
    for site in given.site or SITES:
        try:
            place = place_of(given, site)
            told = drill(place, name=given.backup, scratch=given.scratch)
        except FAULTS as fault:
            say(f"{TITLES[site]}：没有演练。{fault}")
            passed = False
            continue
        record(place)
        _tell(site, told)
        passed &= told.passed
    return int(not passed)


@dataclass
class Steps:
    """The steps of one drill as they are taken."""

    taken: list[StepTold] = field(default_factory=list)

    @contextlib.contextmanager
    def step(self, label: str) -> Iterator[list[str]]:
        """Time one step; what is put into the list was found wrong."""
        began, found = time.monotonic(), list[str]()
        try:
            yield found
        except (*FAULTS, ProvisionFaultError) as fault:
            found.append(str(fault))
            raise
        finally:
            seconds = round(time.monotonic() - began, 2)
            self.taken.append(StepTold(label=label, seconds=seconds, findings=tuple(found)))
            say(f"{label}：{seconds} 秒{f'，发现 {len(found)} 处不符' if found else ''}")


def drill(place: Place, *, name: str = "", scratch: Path | None = None) -> DrillTold:
    """Drill one site and keep the result; a drill that fails half-way is a result too.

    The running site is not touched: the keys are read, the stored files are those of the backup.
    Refuses: ``ContinuityFaultError`` when there is no backup.
    """
    folder = place.store.newest(name=name)
    manifest = read_manifest(folder)
    begun, steps = datetime.now(UTC), Steps()
    restored_to: datetime | None = None
    with _scratch(place, scratch or place.store.root) as elsewhere:
        with contextlib.suppress(*FAULTS, ProvisionFaultError):
            with steps.step("核对备份的摘要") as found:
                found.extend(verify(place, folder))
            restored_to = _restored(elsewhere, folder, steps)
            _checked(elsewhere, manifest, steps)
        recover.settle(elsewhere.cluster)
    told = DrillTold(
        id=uuid7(),
        site=place.site,
        backup=manifest.name,
        backup_at=manifest.finished_at,
        begun_at=begun,
        finished_at=datetime.now(UTC),
        restored_to=restored_to,
        passed=bool(restored_to) and not any(step.findings for step in steps.taken),
        steps=tuple(steps.taken),
    )
    keep(place.store, told)
    return told


@dataclass(frozen=True)
class Elsewhere:
    """The site restored into a home of its own: nothing but a database, by its own socket."""

    place: Place
    home: Home
    cluster: Cluster


def _restored(elsewhere: Elsewhere, folder: Path, steps: Steps) -> datetime:
    place, cluster = elsewhere.place, elsewhere.cluster
    with steps.step("复制数据库"):
        recover.lay_out(folder / "base", cluster.data, cluster)
    with steps.step("重放日志"):
        at = recover.replay(cluster, recover.Source(folder / "base", place.store.wal))
    with steps.step("更新数据表"):
        database = place.database(cluster)
        recover.give_passwords(cluster, database.passwords)
        env = place.environ(elsewhere.home)
        provision.migrate(elsewhere.home, {place.site: database}, place.accounts, env)
    return at or read_manifest(folder).begun_at


def _checked(elsewhere: Elsewhere, manifest: Manifest, steps: Steps) -> None:
    """Run the checks inside the restored site and take over the steps that they report."""
    place = elsewhere.place
    files_since = manifest.begun_at.isoformat() if manifest.files is not None else ""
    done = children.run(
        [sys.executable, "-m", "django", "continuity_check"],
        env=place.environ(elsewhere.home) | place.database(elsewhere.cluster).environ(),
        account=place.accounts.programs[place.site],
        given=json.dumps({"rows": manifest.rows, "files_since": files_since}),
    )
    for line in done.stdout.splitlines():
        step = StepTold.model_validate_json(line)
        steps.taken.append(step)
        say(f"{step.label}：{step.seconds} 秒，{step.note}")
    if done.returncode != 0:
        with steps.step("核对恢复的内容"):
            raise ContinuityFaultError(done.stderr.strip()[-1000:])


@contextlib.contextmanager
def _scratch(place: Place, below: Path) -> Iterator[Elsewhere]:
    """Lay out a home for the drill and remove it afterwards."""
    below.mkdir(parents=True, exist_ok=True)
    root = Path(tempfile.mkdtemp(prefix="drill-", dir=below))
    root.chmod(0o711 if os.geteuid() == 0 else 0o700)
    home = Home(root)
    own = home.site(place.site)
    try:
        for folder in (own.root, own.log, own.sockets):
            folder.mkdir(mode=0o700)
            give(folder, place.account)
        (own.root / "keys").symlink_to(place.folders.keys)
        (own.root / "blobs").symlink_to(place.store.blobs)
        cluster = replace(place, home=home).cluster()
        prepare_socket_folder(cluster.sockets, cluster.account)
        yield Elsewhere(place, home, cluster)
        if cluster.sockets != own.sockets:
            shutil.rmtree(cluster.sockets, ignore_errors=True)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _tell(site: str, told: DrillTold) -> None:
    for step in told.steps:
        for finding in step.findings:
            say(f"  {step.label}：{finding}")
    seconds = round((told.finished_at - told.begun_at).total_seconds())
    verdict = "通过" if told.passed else "没有通过"
    say(f"{TITLES[site]}：备份 {told.backup} 的恢复演练{verdict}，用时 {seconds} 秒。")
