"""Backup, restore and drill of a real site: a server, its log, files, the site's own code."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.databases import TestRun
from tests.plumbing.site import CourtSite, court_site, provide_tables
from xiezhi.sites.continuity.backup import back_up, bring_in_files
from xiezhi.sites.continuity.drill import drill
from xiezhi.sites.continuity.faults import ContinuityFaultError
from xiezhi.sites.continuity.restore import Wish, restore
from xiezhi.sites.continuity.verify import verify

FILES = b"SELECT count(*) FROM files_blob"
MESSAGES = b"SELECT count(*) FROM exchange_outboxmessage"
LAST = b"INSERT INTO django_content_type (app_label, model) VALUES ('last', 'word')"
FOUND = b"SELECT count(*) FROM django_content_type WHERE app_label = 'last'"
TELL = (
    "import os, pathlib, sys;"
    "pathlib.Path(os.environ['XIEZHI_HOME'], 'told').write_text(' '.join(sys.argv[1:]))"
)
RECOVER = (sys.executable, "-c", TELL)


@pytest.fixture(scope="module")
def site(django_db_setup: None) -> Iterator[CourtSite]:
    """Give a stopped site: two files, a backup, one more file archived, one more row not.

    The file that came after the backup is in the increment that followed it.
    """
    with tempfile.TemporaryDirectory(prefix="xz-") as name, pytest.MonkeyPatch.context() as alone:
        root = Path(name)
        root.chmod(0o711)
        alone.delenv("DATABASE_URL_COURT")
        made = court_site(root)
        with made.running():
            provide_tables(made, TestRun.current("court"))
            made.fill(2)
            back_up(made.place)
            made.between = made.value(b"SELECT clock_timestamp()")
            made.fill(1)
            made.value(b"SELECT pg_switch_wal()")
            with made.connect() as connection:
                connection.execute(LAST)
        yield made


def test_a_backup_comes_back_to_the_last_commit_or_to_the_moment_asked_for(
    site: CourtSite,
) -> None:
    bring_in_files(site.place)
    gone = next((site.place.folders.root / "blobs").glob("*/*/*"))
    gone.unlink()

    whole = restore(site.place, Wish(recover=RECOVER))

    told = (site.place.home.root / "told").read_text()
    with site.running():
        found = [site.value(each) for each in (FILES, MESSAGES, FOUND)]
    assert (found, whole.files, gone.exists()) == ([3, 3, 1], 1, True)
    assert told == f"--restored-at {whole.restored_at.isoformat()}"
    assert whole.aside is not None
    assert (whole.aside / "PG_VERSION").exists()

    earlier = restore(site.place, Wish(until=site.between, recover=RECOVER))

    with site.running():
        found = [site.value(each) for each in (FILES, MESSAGES, FOUND)]
    assert found == [2, 2, 0]
    assert earlier.restored_at < site.between


def test_a_drill_restores_elsewhere_and_finds_everything(site: CourtSite) -> None:
    before = (site.place.folders.cluster / "global/pg_control").read_bytes()

    told = drill(site.place)

    assert (told.passed, [step.findings for step in told.steps]) == (True, [()] * len(told.steps))
    assert [step.label for step in told.steps] == [
        *("核对备份的摘要", "复制数据库", "重放日志", "更新数据表"),
        *("核对数据表的行数", "核对交换记录", "抽样解密字段", "核对文件"),
    ]
    assert (site.place.store.drills / f"{told.id}.json").exists()
    assert not list(site.place.store.root.glob("drill-*"))
    assert (site.place.folders.cluster / "global/pg_control").read_bytes() == before


def test_a_damaged_backup_is_named_and_not_restored(site: CourtSite) -> None:
    store = site.place.store
    kept = next(store.blobs.glob("*/*/*"))
    aside = kept.rename(store.root / "aside")
    kept.write_bytes(b"\0" * aside.stat().st_size)
    try:
        found = verify(site.place, store.newest())
        with pytest.raises(ContinuityFaultError, match="备份有损坏"):
            restore(site.place, Wish(recover=RECOVER))
    finally:
        aside.rename(kept)

    assert found == [f"文件 {kept.relative_to(store.blobs)} 缺失或者已损坏"]


def test_a_running_site_is_not_restored(site: CourtSite) -> None:
    with site.place.home.lock(), pytest.raises(ContinuityFaultError, match="请先停止"):
        restore(site.place, Wish())


def test_nothing_changes_when_the_exchange_cannot_be_told(site: CourtSite) -> None:
    cluster = site.place.folders.cluster
    before = (cluster.stat().st_ino, (cluster / "global/pg_control").read_bytes())

    with pytest.raises(ContinuityFaultError, match="没有进入恢复状态"):
        restore(site.place, Wish(recover=(sys.executable, "-c", "raise SystemExit(3)")))

    after = (cluster.stat().st_ino, (cluster / "global/pg_control").read_bytes())
    assert after == before
    assert not (site.place.folders.root / "migrated").exists()


def test_a_moment_before_the_first_backup_is_refused(site: CourtSite) -> None:
    early: datetime = site.between - timedelta(days=1)

    with pytest.raises(ContinuityFaultError, match="没有可用的备份"):
        restore(site.place, Wish(until=early))


def test_the_backup_is_closed_to_other_accounts(site: CourtSite) -> None:
    folder = site.place.store.newest()
    modes = {path.stat().st_mode & 0o077 for path in (folder / "base", site.place.store.wal)}

    assert modes == {0}
    assert folder.stat().st_mode & 0o066 == 0
    assert folder.stat().st_uid == os.geteuid()
