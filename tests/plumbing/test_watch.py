"""Children that end are started again, later each time, and are ended in order."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from xiezhi.sites.run import children
from xiezhi.sites.run.watch import FIRST_WAITS, Watched, last_line, stop_all

ENV = {"PATH": os.defpath}
WAITS_FOR_A_SIGNAL = (sys.executable, "-c", "import signal; signal.pause()")
ENDS_AT_ONCE = (sys.executable, "-c", "print('没有数据库'); raise SystemExit(3)")
DEAF = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
while True:
    signal.pause()
"""
HEEDS_NOTHING = (sys.executable, "-c", DEAF)


@pytest.fixture
def begun() -> Iterator[list[Watched]]:
    made: list[Watched] = []
    yield made
    stop_all(made)


def child_of(
    begun: list[Watched], argv: tuple[str, ...], log: Path, stage: int = 1, patience: float = 10
) -> Watched:
    child = Watched(
        name="court.worker",
        label="后台作业",
        log=log,
        stage=stage,
        launch=partial(children.start, argv, env=ENV, log=log),
        answers=lambda: True,
        patience=patience,
    )
    child.start()
    begun.append(child)
    return child


def ended(child: Watched) -> subprocess.Popen[bytes]:
    assert child.process is not None
    child.process.wait()
    return child.process


def test_a_killed_child_is_started_again_at_once(begun: list[Watched], tmp_path: Path) -> None:
    child = child_of(begun, WAITS_FOR_A_SIGNAL, tmp_path / "log")
    first = child.pid
    assert child.process is not None
    child.process.kill()
    ended(child)

    changes = [child.look(child.started_at + second) for second in (1, 1)]

    assert changes == [True, True]
    assert child.pid not in {None, first}


def test_a_crash_loop_waits_longer_each_time_and_is_said_plainly(
    begun: list[Watched], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    child = child_of(begun, ENDS_AT_ONCE, tmp_path / "log")
    waits, now = [], child.started_at
    for _ in range(6):
        ended(child)
        child.look(now)
        waits.append(child.again_at - now)
        assert child.look(child.again_at - 0.001) is False
        now = child.again_at
        child.look(now)

    assert waits == pytest.approx(FIRST_WAITS[:6])
    said = capsys.readouterr().out
    assert "后台作业反复退出（第 5 次，返回码 3），4 秒后重新启动。最后一行：没有数据库" in said


def test_a_calm_time_forgives_earlier_ends(begun: list[Watched], tmp_path: Path) -> None:
    child = child_of(begun, ENDS_AT_ONCE, tmp_path / "log")
    child.ends = 7
    ended(child)

    child.look(child.started_at + 61)

    assert (child.ends, child.again_at) == (1, child.started_at + 61)


def test_what_heeds_nothing_is_killed(
    begun: list[Watched], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    child = child_of(begun, HEEDS_NOTHING, log, patience=0.1)
    while last_line(log) != "up":
        assert child.process is not None
        assert child.process.poll() is None

    stop_all(begun)

    assert child.process is None
    assert "后台作业没有在 0.1 秒内停止，已强制结束。" in capsys.readouterr().out


def test_children_end_by_stage(begun: list[Watched], tmp_path: Path) -> None:
    order = tmp_path / "order"
    argv = (sys.executable, "-c", NOTES_ITS_END, str(order))
    for stage in (0, 3, 2):
        log = tmp_path / f"{stage}"
        child_of(begun, (*argv, str(stage)), log, stage=stage)
        while last_line(log) != "up":
            pass

    stop_all(begun)

    assert order.read_text().split() == ["3", "2", "0"]


NOTES_ITS_END = """
import signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("up", flush=True)
try:
    while True:
        signal.pause()
finally:
    open(sys.argv[1], "a").write(sys.argv[2] + "\\n")
"""


def test_a_log_is_never_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    (tmp_path / "log").symlink_to(tmp_path / "secret")

    with pytest.raises(OSError, match="symbolic links"):
        children.start(WAITS_FOR_A_SIGNAL, env=ENV, log=tmp_path / "log")


def test_a_child_gets_no_interrupt_of_the_terminal(begun: list[Watched], tmp_path: Path) -> None:
    child = child_of(begun, WAITS_FOR_A_SIGNAL, tmp_path / "log")

    assert child.pid is not None
    assert os.getpgid(child.pid) == child.pid != os.getpgrp()
    assert child.ask == signal.SIGTERM
