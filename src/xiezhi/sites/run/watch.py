"""Keep children running: notice an end, wait a little longer each time, start again."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from xiezhi.sites.run import children
from xiezhi.sites.run.console import say

FIRST_WAITS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
_CALM = 60.0  # seconds up after which earlier ends are forgotten
_LOOP = 5  # ends without a calm time between them that are called a loop


@dataclass
class Watched:
    """One child that must always run, and what is known about its ends.

    ``answers`` tells whether it does its work yet; ``stage`` orders the end, the highest first.
    """

    name: str
    label: str
    log: Path
    stage: int
    launch: Callable[[], subprocess.Popen[bytes]]
    answers: Callable[[], bool]
    ask: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    process: subprocess.Popen[bytes] | None = None
    ends: int = 0
    started_at: float = 0.0
    again_at: float = 0.0
    answered: bool = field(default=False, init=False)

    @property
    def pid(self) -> int | None:
        """Return the number of the running process."""
        return None if self.process is None else self.process.pid

    def start(self) -> None:
        """Start it now."""
        self.adopt(self.launch())

    def adopt(self, process: subprocess.Popen[bytes]) -> None:
        """Watch ``process``, which was just started."""
        self.process = process
        self.started_at = time.monotonic()
        self.answered = False

    def look(self, now: float) -> bool:
        """Notice an end or start again when the time has come; tell whether anything changed."""
        if self.process is None:
            if now < self.again_at:
                return False
            self.start()
            return True
        code = self.process.poll()
        if code is None:
            return self._greet()
        self._note_end(code, now)
        return True

    def _greet(self) -> bool:
        if self.answered or not self.answers():
            return False
        self.answered = True
        if self.ends:
            say(f"{self.label}已恢复（进程 {self.pid}）。")
        return True

    def _note_end(self, code: int, now: float) -> None:
        self.process = None
        if now - self.started_at > _CALM:
            self.ends = 0
        wait = FIRST_WAITS[min(self.ends, len(FIRST_WAITS) - 1)]
        self.ends += 1
        self.again_at = now + wait
        why = _reason(code)
        then = f"{wait:g} 秒后重新启动" if wait else "立即重新启动"
        if self.ends < _LOOP:
            say(f"{self.label}退出（{why}），{then}。")
            return
        say(
            f"{self.label}反复退出（第 {self.ends} 次，{why}），{then}。"
            f"最后一行：{last_line(self.log)}。日志：{self.log}"
        )

    def due(self) -> float | None:
        """Return when it is to be started again, if it waits for that."""
        return None if self.process is not None else self.again_at


def stop_all(watched: list[Watched]) -> None:
    """Ask all children of a stage at once, wait for them, then go on to the stage below."""
    for stage in sorted({child.stage for child in watched}, reverse=True):
        members = [(c, c.process) for c in watched if c.stage == stage and c.process is not None]
        for child, process in members:
            process.send_signal(child.ask)
        for child, process in members:
            code = children.ended(process, patience=child.patience)
            if code == -signal.SIGKILL:
                say(f"{child.label}没有在 {child.patience:g} 秒内停止，已强制结束。")
            child.process = None


def last_line(log: Path) -> str:
    """Return the last line that was written, or 无 when there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 4096))
            lines = file.read().decode(errors="replace").split("\n")
    except OSError:
        return "无"
    written = [line.strip() for line in lines if line.strip()]
    return written[-1][:300] if written else "无"


def _reason(code: int) -> str:
    if code < 0:
        return f"信号 {signal.Signals(-code).name}"
    return f"返回码 {code}"
