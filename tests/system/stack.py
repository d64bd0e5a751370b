"""A whole installation for one test run: started like a user starts it, on free ports."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from xiezhi.sites.bench.installation import Installation

ROOT = Path(__file__).resolve().parents[2]
POLL_SECONDS = 0.05


class Stack(Installation):
    """An installation that tests may hurt."""

    def kill(self, name: str) -> None:
        """Kill one process as a power cut would; the supervisor starts it anew."""
        os.kill(self.pids()[name], signal.SIGKILL)

    def kill_supervisor(self) -> list[int]:
        """Kill the supervisor itself; return the processes it leaves behind, if it does."""
        below = list(self.pids().values())
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None
        return below

    def wait_until(self, holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
        """Wait for ``holds()``; fail with the supervisor's log if it never does."""
        end = time.monotonic() + seconds
        while not holds():
            ended = self.process is not None and self.process.poll() is not None
            if ended or time.monotonic() > end:
                message = f"waited in vain for {what}\n{self.log()}"
                raise AssertionError(message)
            time.sleep(POLL_SECONDS)
