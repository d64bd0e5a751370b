"""The ferry on a full disk, at a closed tray, cut short: told where it happened, nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from xiezhi.exchange import ferry
from xiezhi.exchange.tests.test_ferry_word import told
from xiezhi.exchange.transports import Lane, Trouble
from xiezhi.exchange.transports.spool import SpoolTransport

ROOT = os.geteuid() == 0
NOBODY = 65534


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    """Lay the trays of two sites."""
    for own, peer in (("service", "court"), ("court", "service")):
        SpoolTransport(tmp_path, own).prepare([peer])
    return tmp_path


@pytest.fixture
def court(spool: Path) -> SpoolTransport:
    """Give the court's side of the spool."""
    return SpoolTransport(spool, "court")


@pytest.fixture
def small_disk(spool: Path) -> Iterator[Path]:
    """Give the court's in tray a disk of its own with room for little."""
    if not ROOT or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    inbound = spool / "court/in/service"
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=777", "tmpfs", str(inbound)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody mount")
    try:
        yield inbound
    finally:
        subprocess.run(["umount", "-l", str(inbound)], check=True)


def fill(path: Path) -> None:
    """Write until the disk is full."""
    with path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))


def test_a_full_disk_is_told_on_the_full_disk_and_loses_nothing(
    spool: Path, court: SpoolTransport, small_disk: Path
) -> None:
    outbound = spool / "service/out/court"
    word = ferry.Word(spool)
    word.tell(ferry.carry(spool))
    filler = small_disk / ".filler"
    with pytest.raises(OSError, match="No space left"):
        fill(filler)
    (outbound / "a.parcel").write_bytes(bytes(8192))

    word.tell(ferry.carry(spool))
    during = told(court)
    filler.unlink()
    word.tell(ferry.carry(spool))

    assert (during.troubles, word.troubles) == ((Trouble("court/in/service", "ENOSPC"),), {})
    assert (told(court).troubles, list(outbound.iterdir())) == ((), [])
    assert [(each.name, each.size) for each in court.arrived("service", Lane.PARCEL, 64)] == [
        ("a.parcel", 8192)
    ]


@pytest.fixture
def apart() -> Iterator[Path]:
    """Give a folder that an ordinary user can enter, with the ferry's one file in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copy(ferry.__file__, folder / "ferry.py")
        for own, peer in (("service", "court"), ("court", "service")):
            SpoolTransport(folder / "spool", own).prepare([peer])
        yield folder


def ferried(apart: Path, *words: str, file_size: int | None = None) -> str:
    """Run one round of the ferry's file alone, as an ordinary user; give what it complains of."""

    def limit() -> None:
        if file_size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

    done = subprocess.run(
        [
            *(sys._base_executable, "-I", "-S", str(apart / "ferry.py"), "--once", *words),  # type: ignore[attr-defined]
            *("--spool", str(apart / "spool")),
        ],
        user=NOBODY if ROOT else None,
        group=NOBODY if ROOT else None,
        extra_groups=[] if ROOT else None,
        preexec_fn=limit,
        check=False,
        capture_output=True,
        text=True,
    )
    return done.stderr


def opened_to(apart: Path) -> None:
    """Let the ordinary user into all trays."""
    for folder, _, _ in os.walk(apart / "spool"):
        Path(folder).chmod(0o777)


def test_a_closed_tray_is_told_and_carried_when_it_opens(apart: Path) -> None:
    opened_to(apart)
    tray, parcel = apart / "spool/court/in/service", apart / "spool/service/out/court/a.parcel"
    parcel.write_bytes(b"a")
    tray.chmod(0o555)

    during = ferried(apart)
    tray.chmod(0o777)
    after = ferried(apart)

    assert during == f"ferry: {parcel}: EACCES: Permission denied\n"
    assert (after, parcel.exists(), (tray / "a.parcel").read_bytes()) == ("", False, b"a")


def test_a_copy_cut_short_leaves_no_part_and_keeps_its_source(apart: Path) -> None:
    opened_to(apart)
    tray, parcel = apart / "spool/court/in/service", apart / "spool/service/out/court/a.parcel"
    parcel.write_bytes(bytes(5000))

    during = ferried(apart, "--copy", file_size=1000)
    left = list(tray.iterdir())
    after = ferried(apart, "--copy")

    assert during == f"ferry: {parcel}: EFBIG: File too large\n"
    assert (left, after, (tray / "a.parcel").stat().st_size) == ([], "", 5000)
