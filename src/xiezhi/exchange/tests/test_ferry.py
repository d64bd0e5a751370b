"""The ferry: never loses, never needs to understand, copes with every state of the trays."""

from __future__ import annotations

import ast
import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from xiezhi.exchange import ferry

PROGRAM = Path(ferry.__file__)


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    """Lay the trays of two sites."""
    for own, peer in (("service", "court"), ("court", "service")):
        (tmp_path / own / "out" / peer).mkdir(parents=True)
        (tmp_path / own / "in" / peer).mkdir(parents=True)
    return tmp_path


@pytest.fixture
def outbound(spool: Path) -> Path:
    """Give the service site's tray for the court."""
    return spool / "service" / "out" / "court"


@pytest.fixture
def inbound(spool: Path) -> Path:
    """Give the court site's tray from the service site."""
    return spool / "court" / "in" / "service"


def names(directory: Path) -> list[str]:
    """List what lies in a tray."""
    return sorted(path.name for path in directory.iterdir())


def test_the_ferry_imports_the_standard_library_alone() -> None:
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]  # type: ignore[union-attr]
        for node in ast.walk(ast.parse(PROGRAM.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert imported - set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize("copy", [False, True], ids=["rename", "copy"])
def test_carry_moves_both_ways(spool: Path, outbound: Path, inbound: Path, *, copy: bool) -> None:
    (outbound / "a.parcel").write_bytes(b"to the court")
    (spool / "court/out/service/b.parcel").write_bytes(b"to the service site")

    result = ferry.carry(spool, copy=copy)

    assert (result.carried, result.troubles) == (2, {})
    assert (inbound / "a.parcel").read_bytes() == b"to the court"
    assert (spool / "service/in/court/b.parcel").read_bytes() == b"to the service site"
    assert (names(outbound), names(spool / "court/out/service")) == ([], [])


def test_carry_leaves_unfinished_files_alone(spool: Path, outbound: Path, inbound: Path) -> None:
    (outbound / ".a.parcel.tmp").write_bytes(b"half")

    assert ferry.carry(spool).carried == 0
    assert (names(outbound), names(inbound)) == ([".a.parcel.tmp"], [])


def test_carry_takes_small_files_first(
    spool: Path, outbound: Path, inbound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (outbound / "a.bulk").write_bytes(bytes(1000))
    (outbound / "b.parcel").write_bytes(b"small")
    monkeypatch.setattr(ferry, "BATCH", 1)

    ferry.carry(spool)

    assert names(inbound) == ["b.parcel"]


def test_carry_waits_for_a_missing_tray(spool: Path, outbound: Path, inbound: Path) -> None:
    (outbound / "a.parcel").write_bytes(b"a")
    inbound.rmdir()

    result = ferry.carry(spool)
    inbound.mkdir()
    again = ferry.carry(spool)

    assert (result.carried, list(result.troubles)) == (0, [str(inbound)])
    assert (again.carried, names(inbound)) == (1, ["a.parcel"])


def test_carry_overwrites_what_an_interrupted_copy_left(
    spool: Path, outbound: Path, inbound: Path
) -> None:
    (outbound / "a.parcel").write_bytes(b"whole")
    (inbound / ".a.parcel.part").write_bytes(b"wh")

    ferry.carry(spool, copy=True)

    assert (names(inbound), (inbound / "a.parcel").read_bytes()) == (["a.parcel"], b"whole")


def test_carry_repeats_a_copy_whose_source_was_not_yet_removed(
    spool: Path, outbound: Path, inbound: Path
) -> None:
    for tray in (outbound, inbound):
        (tray / "a.parcel").write_bytes(b"whole")

    ferry.carry(spool, copy=True)

    assert (names(outbound), names(inbound)) == ([], ["a.parcel"])


def test_carry_follows_no_link(spool: Path, outbound: Path, inbound: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"key")
    (outbound / "a.parcel").symlink_to(secret)

    ferry.carry(spool, copy=True)

    assert names(inbound) == []


def test_carry_goes_on_past_a_file_it_cannot_carry(
    spool: Path, outbound: Path, inbound: Path
) -> None:
    (outbound / "a.parcel").write_bytes(b"a")
    (outbound / "b.parcel").write_bytes(b"b2")
    (inbound / "a.parcel").mkdir()

    result = ferry.carry(spool)

    assert (result.carried, list(result.troubles)) == (1, [str(outbound / "a.parcel")])
    assert names(outbound) == ["a.parcel"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_keeps_the_source(tmp_path: Path) -> None:
    source = tmp_path / "a.parcel"
    source.write_bytes(b"whole")
    reading = os.open(source, os.O_RDONLY)

    with pytest.raises(OSError, match="No space left") as caught:
        ferry._write_part(reading, Path("/dev/full"), 5)
    os.close(reading)

    assert (caught.value.errno, source.read_bytes()) == (errno.ENOSPC, b"whole")


def test_a_file_that_grows_while_it_is_carried_is_left_for_the_next_round(tmp_path: Path) -> None:
    source = tmp_path / "a.parcel"
    source.write_bytes(b"longer than it was")
    reading = os.open(source, os.O_RDONLY)

    with pytest.raises(OSError, match="changed while"):
        ferry._write_part(reading, tmp_path / ".a.parcel.part", 5)
    os.close(reading)


def test_the_program_runs_alone_and_ends_on_a_signal(
    spool: Path, outbound: Path, inbound: Path
) -> None:
    once = [sys.executable, "-I", "-S", str(PROGRAM), "--spool", str(spool), "--once"]
    (outbound / "a.parcel").write_bytes(b"a")

    assert subprocess.run(once, check=True, capture_output=True).stderr == b""
    assert names(inbound) == ["a.parcel"]

    inbound.joinpath("a.parcel").unlink()
    inbound.rmdir()
    (outbound / "b.parcel").write_bytes(b"b")
    with subprocess.Popen(once[:-1], stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert b"the target tray is missing" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert names(outbound) == ["b.parcel"]


def test_a_folder_that_cannot_be_listed_is_told(spool: Path, outbound: Path) -> None:
    outbound.rmdir()
    outbound.parent.rmdir()

    result = ferry.carry(spool)

    assert result.troubles == {str(outbound.parent): "ENOENT: No such file or directory"}
