"""Wait for a fact that another thread or program brings about."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

LONG: Final = 20.0


def until(holds: Callable[[], bool], patience: float = LONG) -> float:
    """Wait for a fact; return how long it took. The fact, not the wait, is what is tested."""
    begun = time.monotonic()
    pause = threading.Event()
    while not holds():
        assert time.monotonic() - begun < patience, "it never came true"
        pause.wait(0.01)
    return time.monotonic() - begun


def succeeds(act: Callable[[], object]) -> bool:
    """Try an act that may meet a carrier in trouble."""
    with suppress(OSError):
        act()
        return True
    return False
