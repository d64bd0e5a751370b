"""What the law library costs: one call of each, many times over, in this process."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from xiezhi.law import case_number, fees, periods, trial_clock
from xiezhi.sites.bench.table import Measure

CALLS: Final = 2000
FEW: Final = 50
TEXT: Final = ("原告不服（2026）示0102民初12号民事判决，向本院提起上诉。" * 400)[:10_000]


def law() -> Iterator[Measure]:
    """Measure a fee, a period, a clock, the numbers in a text, and the import."""
    fee = _each(CALLS, lambda: fees.acceptance_fee("property", Decimal("1234567.89"), on=TODAY))
    yield Measure("law, one fee", f"{fee * 1e6:.0f} µs", "≤ 50 µs")
    end = _each(CALLS, lambda: periods.end_of("appeal-judgment", TODAY))
    yield Measure("law, one period", f"{end * 1e6:.0f} µs", "≤ 50 µs")
    events = _history()
    clock = _each(FEW, lambda: trial_clock.clock(events, as_of=TODAY))
    yield Measure(f"law, a clock of {len(events)} events", f"{clock * 1e3:.2f} ms", "≤ 1 ms")
    numbers = _each(FEW, lambda: case_number.find(TEXT))
    yield Measure("law, case numbers in 10,000 characters", f"{numbers * 1e3:.1f} ms", "≤ 5 ms")
    yield Measure("law, import", f"{_import_seconds() * 1e3:.0f} ms", "≤ 50 ms")


TODAY: Final = date(2026, 3, 10)


def _history() -> list[trial_clock.Event]:
    spans = [
        trial_clock.Excluded(
            ground="appraisal",
            start=TODAY + timedelta(days=2 * number),
            end=TODAY + timedelta(days=2 * number + 1),
        )
        for number in range(49)
    ]
    return [trial_clock.Filed(day=TODAY, procedure="ordinary"), *spans]


def _each(times: int, work: Callable[[], object]) -> float:
    work()
    begun = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - begun) / times


def _import_seconds() -> float:
    program = (
        "import time; begun = time.perf_counter(); import xiezhi.law;"
        "print(time.perf_counter() - begun)"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return float(done.stdout)
