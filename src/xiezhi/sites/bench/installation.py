"""An installation of its own for measuring: started, watched from outside, stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

POLL: Final = 0.02
PATIENCE: Final = 300.0
PORTS: Final = ("SERVICE", "SERVICE_LIVE", "COURT", "COURT_LIVE")


class Installation:
    """A supervisor below a home that is removed afterwards."""

    def __init__(self, *, filings: int, environ: Mapping[str, str] | None = None) -> None:
        """Choose a home that the sites' own users can reach, and free ports.

        ``filings`` is the size of the demonstration city; none is made of 0. ``environ`` adds to
        the settings of both sites.
        """
        self.environ = dict(environ or {})
        self.filings = filings
        self.home = Path(tempfile.mkdtemp(prefix="xz-bench-", dir="/var/tmp"))
        self.home.chmod(0o755)
        self.ports = _free_ports(len(PORTS))
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Keep the home for the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Stop and remove everything."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    @property
    def portal(self) -> str:
        """Return the portal's address."""
        return f"http://127.0.0.1:{self.ports[0]}"

    @property
    def court(self) -> str:
        """Return the court's address."""
        return f"http://127.0.0.1:{self.ports[2]}"

    def start(self) -> float:
        """Start and wait until everything answers; return the seconds it took."""
        ready = self.home / "ready"
        ready.unlink(missing_ok=True)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("XIEZHI_", "DATABASE"))}
        ports = {
            f"XIEZHI_PORT_{name}": str(port) for name, port in zip(PORTS, self.ports, strict=True)
        }
        words = ["run", "--home", str(self.home), "--ready-file", str(ready)]
        begun = time.monotonic()
        with (self.home / "supervisor.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "xiezhi.sites.cli", *words]
                + ([] if self.filings else ["--no-demo"]),
                env=kept | ports | {"XIEZHI_DEMO_FILINGS": str(self.filings)} | self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while not ready.exists():
            if self.process.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise RuntimeError(self.log())
            time.sleep(POLL)
        return time.monotonic() - begun

    def stop(self) -> None:
        """End the supervisor and all below it."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    def log(self) -> str:
        """Return the last lines the supervisor printed."""
        return (self.home / "supervisor.log").read_text(errors="replace")[-4000:]

    def pids(self) -> dict[str, int]:
        """Name the processes that run now."""
        state = json.loads((self.home / "run.json").read_text())
        return {name: pid for name, pid in state["processes"].items() if pid}


def memory_mb(roots: dict[str, int]) -> dict[str, float]:
    """Return the proportional memory of each process with its children, in MB."""
    found = {}
    for name, root in roots.items():
        total = 0
        for pid in family(root):
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:")
        found[name] = total / 1024
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Return user and system time used so far by these processes and all their children."""
    ticks = 0
    for root in pids:
        for pid in family(root):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def family(root: int) -> list[int]:
    """List a process and its descendants."""
    members = [root]
    for pid in members:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            members.extend(int(word) for word in task.read_text().split())
    return members


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
