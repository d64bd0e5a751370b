"""The supervisor with one real site: start, kills, a clean end, nothing left behind."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WARM_START_SECONDS = 10.0
PATIENCE = 90.0


@dataclass
class Running:
    """A supervisor of the service site alone, and what it has printed."""

    home: Path
    process: subprocess.Popen[bytes]
    printed: str = ""
    read_to: int = field(default=0)

    @classmethod
    def begin(cls, home: Path, port: int = 0) -> "Running":
        words = ("run", "--home", str(home), "--no-demo", "--only", "service")
        process = subprocess.Popen(
            [sys.executable, "-m", "xiezhi.sites.cli", *words],
            env=environment(port or free_port(), free_port()),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return cls(home, process)

    def until(self, words: str) -> None:
        """Read on until a line with ``words``; fail when it does not come in time."""
        assert self.process.stdout is not None
        end = time.monotonic() + PATIENCE
        while words not in self.printed[self.read_to :]:
            ready, _, _ = select.select([self.process.stdout], [], [], end - time.monotonic())
            more = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            assert more, f"waited in vain for {words}\n{self.printed}"
            self.printed += more.decode()
        self.read_to = self.printed.index(words, self.read_to) + len(words)

    def state(self) -> Any:
        return json.loads((self.home / "run.json").read_text())

    def everybody(self) -> list[int]:
        """Return the children and their children, such as gunicorn's workers."""
        return [pid for child in self.state()["processes"].values() for pid in family(child)]

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return self.process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(port: int, live: int) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XIEZHI_", "DATABASE_URL"))}
    return kept | {"XIEZHI_PORT_SERVICE": str(port), "XIEZHI_PORT_SERVICE_LIVE": str(live)}


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def end_within(pids: list[int], seconds: float) -> list[int]:
    """Return those of ``pids`` that have not ended after ``seconds``."""
    end = time.monotonic() + seconds
    alive = []
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        if not select.select([handle], [], [], max(0, end - time.monotonic()))[0]:
            alive.append(pid)
        os.close(handle)
    return alive


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Make a home that was started once, so that what follows are warm starts."""
    with tempfile.TemporaryDirectory(prefix="xz-", ignore_cleanup_errors=True) as name:
        first = Running.begin(Path(name))
        try:
            first.until("全部就绪")
        finally:
            assert first.end() == 0
        yield Path(name)


@pytest.fixture
def running(home: Path) -> Iterator[Running]:
    begun = Running.begin(home)
    yield begun
    begun.end()


def test_a_warm_start_is_quick_and_ctrl_c_ends_everything(running: Running) -> None:
    running.until("全部就绪")
    first_page = running.state()["first_page_seconds"]
    everybody = running.everybody()

    running.process.send_signal(signal.SIGINT)
    running.until("已全部停止")

    assert running.process.wait(30) == 0
    assert (end_within(everybody, 1), (running.home / "run.json").exists()) == ([], False)
    assert first_page <= WARM_START_SECONDS


def test_a_killed_web_server_takes_its_workers_and_comes_back(running: Running) -> None:
    running.until("全部就绪")
    web = running.state()["processes"]["service.web"]
    workers = family(web)[1:]

    os.kill(web, signal.SIGKILL)
    running.until("网页退出（信号 SIGKILL），立即重新启动。")
    running.until("网页已恢复")

    assert workers
    assert end_within(workers, 5) == []


def test_a_killed_supervisor_leaves_no_orphan(running: Running) -> None:
    running.until("全部就绪")
    everybody = running.everybody()

    running.process.kill()
    running.process.wait()

    assert len(everybody) > len(running.state()["processes"])
    assert end_within(everybody, 10) == []


def test_a_port_of_another_program_is_said_plainly(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        begun = Running.begin(home, taken.getsockname()[1])
        begun.until(f"端口 {taken.getsockname()[1]} 已被其他程序占用")

        assert begun.process.wait(30) == 1
    begun.end()


def test_a_second_supervisor_is_refused(running: Running) -> None:
    running.until("全部就绪")

    second = Running.begin(running.home)
    second.until("已由另一个监督进程")

    assert second.process.wait(30) == 1
    second.end()
