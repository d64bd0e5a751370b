"""The archive of the log: filled by the server's own shell, durable, never written over."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from xiezhi.sites.continuity.archive import (
    MARKER,
    archiving,
    fetching,
    forget_before,
    gaps,
    segments,
)
from xiezhi.sites.continuity.base import Running, archive_back, archive_into, archived_into

if TYPE_CHECKING:
    from xiezhi.sites.run.postgres import Cluster

NAME = "000000010000000000000003"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a server's data folder with one finished segment."""
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / NAME).write_bytes(b"record" * 1000)
    return tmp_path / "pg"


def archive(data: Path, name: str = NAME) -> int:
    """Do what the server does with a finished segment."""
    command = archiving()["archive_command"].replace("%p", name).replace("%f", name)
    return subprocess.run(["/bin/sh", "-c", command], cwd=data, check=False).returncode


def into(data: Path, wal: Path) -> Path:
    """Let the archive begin, as the first backup does."""
    wal.mkdir()
    (data / MARKER).write_text(f"{wal}\n")
    return wal


def test_nothing_is_kept_before_the_first_backup(data: Path) -> None:
    assert archive(data) == 0
    assert [path.name for path in data.parent.iterdir()] == ["pg"]


def test_a_segment_is_kept_once_and_a_repetition_is_no_fault(data: Path) -> None:
    wal = into(data, data.parent / "log's folder")
    (wal / f".{NAME}.tmp").write_bytes(b"half written before a power cut")

    assert (archive(data), archive(data)) == (0, 0)
    assert [path.name for path in wal.iterdir()] == [f"{NAME}.gz"]
    assert gzip.decompress((wal / f"{NAME}.gz").read_bytes()) == b"record" * 1000


def test_another_segment_of_the_same_name_is_not_written_over(data: Path) -> None:
    wal = into(data, data.parent / "wal")
    archive(data)
    (data / NAME).write_bytes(b"other")

    assert archive(data) != 0
    assert gzip.decompress((wal / f"{NAME}.gz").read_bytes()) == b"record" * 1000


def test_a_missing_archive_is_a_fault_and_not_silence(data: Path) -> None:
    (data / MARKER).write_text(f"{data.parent / 'gone'}\n")

    assert archive(data) != 0


def test_after_a_backup_that_failed_the_archive_has_no_gap(data: Path) -> None:
    cluster = SimpleNamespace(data=data, account=None)
    running = Running(cast("Cluster", cluster), "")
    wal = into(data, data.parent / "wal")
    archive(data)
    elsewhere = data.parent / "elsewhere"
    elsewhere.mkdir()
    strayed = f"{NAME[:-1]}4"
    (data / strayed).write_bytes(b"meanwhile")

    before = archived_into(running)
    archive_into(running, elsewhere)
    archive(data, strayed)
    archive_back(running, before, elsewhere)

    assert archived_into(running) == before == wal
    assert segments(wal) == [NAME, strayed]
    assert gzip.decompress((wal / f"{strayed}.gz").read_bytes()) == b"meanwhile"


def test_a_first_backup_that_failed_begins_no_archive(data: Path) -> None:
    running = Running(cast("Cluster", SimpleNamespace(data=data, account=None)), "")
    wal = data.parent / "wal"
    wal.mkdir()
    before = archived_into(running)
    archive_into(running, wal)
    archive_back(running, before, wal)

    assert (before, archived_into(running)) == (None, None)


def test_archiving_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIEZHI_WAL_ARCHIVE", "0")

    assert archiving() == {}


def test_a_recovery_reads_the_archive_first_and_then_what_was_left(data: Path) -> None:
    wal = into(data, data.parent / "100% log's")
    archive(data)
    left = data.parent / "left"
    left.mkdir()
    (left / "000000010000000000000004").write_bytes(b"last words")

    for name, content in ((NAME, b"record" * 1000), ("000000010000000000000004", b"last words")):
        command = fetching(wal, left).replace("%p", "got").replace("%f", name).replace("%%", "%")
        assert subprocess.run(["/bin/sh", "-c", command], cwd=data, check=False).returncode == 0
        assert (data / "got").read_bytes() == content


def test_segments_are_forgotten_by_their_place_whatever_their_timeline(tmp_path: Path) -> None:
    names = ["0000000100000000000000FE", "0000000100000000000000FF", "000000020000000100000000"]
    for name in (*names, "00000002.history"):
        (tmp_path / f"{name}.gz").touch()

    assert forget_before(tmp_path, "0000000200000000000000FF") == 1
    assert segments(tmp_path) == names[1:]
    assert (tmp_path / "00000002.history.gz").exists()


def test_a_gap_in_the_log_is_named() -> None:
    whole = ["0000000100000000000000FF", "000000010000000100000000", "000000020000000100000000"]

    assert gaps(whole) == []
    assert gaps([*whole, "000000020000000100000002"]) == ["0000000100000000"]
