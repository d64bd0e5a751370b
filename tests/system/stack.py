"""A whole installation for one test run: started like a user starts it, on free ports."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 300
STOP_SECONDS = 30
POLL_SECONDS = 0.05
OURS = ("XIEZHI_", "DATABASE_URL")


def free_ports(count: int) -> list[int]:
    """Find ports nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


@dataclass
class Stack:
    """One supervisor and all it starts, below one home."""

    home: Path
    demo: bool = False
    ports: list[int] = field(default_factory=lambda: free_ports(4))
    process: subprocess.Popen[bytes] | None = None
    started_in: float = 0.0

    @property
    def portal(self) -> str:
        """The portal's address."""
        return f"http://127.0.0.1:{self.ports[0]}"

    @property
    def court(self) -> str:
        """The court's address."""
        return f"http://127.0.0.1:{self.ports[2]}"

    def environment(self) -> dict[str, str]:
        """Tell the installation its home and ports."""
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("XIEZHI_", "DATABASE_URL"))
        }
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        service, service_live, court, court_live = map(str, self.ports)
        return kept | {
            "XIEZHI_HOME": str(self.home),
            "XIEZHI_DEMO_FILINGS": "10",
            "XIEZHI_PORT_SERVICE": service,
            "XIEZHI_PORT_SERVICE_LIVE": service_live,
            "XIEZHI_PORT_COURT": court,
            "XIEZHI_PORT_COURT_LIVE": court_live,
        }

    def command(self, *words: str) -> list[str]:
        """Name a command of the project."""
        return [sys.executable, "-m", "xiezhi.sites.cli", *words]

    def start(self) -> None:
        """Start, and wait until every address answers."""
        ready = self.home / "ready"
        ready.unlink(missing_ok=True)
        words = ["run", "--home", str(self.home), "--ready-file", str(ready)]
        begun = time.monotonic()
        with (self.home / "supervisor.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(*words, *([] if self.demo else ["--no-demo"])),
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until(ready.exists, "the installation to be ready", START_SECONDS)
        self.started_in = time.monotonic() - begun

    def stop(self) -> None:
        """Ask the supervisor to end, and wait until it has."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(STOP_SECONDS)

    def log(self) -> str:
        """Return the last lines the supervisor printed."""
        return (self.home / "supervisor.log").read_text(errors="replace")[-4000:]

    def wait_until(self, holds: object, what: str, seconds: float = 30) -> None:
        """Wait for ``holds()``; fail with the supervisor's log if it never does."""
        end = time.monotonic() + seconds
        while not holds():  # type: ignore[operator]
            ended = self.process is not None and self.process.poll() is not None
            if ended or time.monotonic() > end:
                message = f"waited in vain for {what}\n{self.log()}"
                raise AssertionError(message)
            time.sleep(POLL_SECONDS)

    def answers(self, url: str) -> bool:
        """Tell whether a page can be had."""
        try:
            return httpx.get(url, timeout=5, trust_env=False).status_code < 500
        except httpx.TransportError:
            return False

    def pids(self) -> dict[str, int]:
        """Name the running processes, as the supervisor's own state file does."""
        state = json.loads((self.home / "run.json").read_text())
        return {name: pid for name, pid in state["processes"].items() if pid}

    def kill(self, name: str) -> None:
        """Kill one process as a power cut would; the supervisor starts it anew."""
        os.kill(self.pids()[name], signal.SIGKILL)
