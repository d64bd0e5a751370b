"""The measures of the exchange: rates, lag at rest, and tables as full as after years."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from xiezhi.sites.bench import errands
from xiezhi.sites.bench.installation import Installation
from xiezhi.sites.bench.table import Measure
from xiezhi.sites.bench.visitor import Visitor
from xiezhi.sites.demo.plan import SHANGHAI, Fate, plan

MESSAGES: Final = 1000
SINGLE: Final = 200
LAGS: Final = 100
ROWS: Final = 1_000_000
SEED: Final = 4242
_HUNDREDTHS: Final = 100


def exchange() -> Iterator[Measure]:
    """Measure messages through the spool between two whole sites."""
    with Installation(filings=1) as installation:
        installation.start()
        application = _application(installation)
        batched = _ask(installation, "rate", application, MESSAGES)
        yield Measure(
            f"messages through the spool, {MESSAGES} at once until receipted",
            f"{batched:.0f} messages/s",
            "≥ 200",
        )
        yield from _lags(_ask(installation, "lag", application, LAGS))
        yield from _claims(_ask(installation, "claims", ROWS))
        full = _ask(installation, "rate", application, MESSAGES)
        yield Measure(f"the same with {ROWS:,} messages in each table", f"{full:.0f} messages/s")
    with Installation(filings=1, environ={"XIEZHI_EXCHANGE_BATCH": "1"}) as installation:
        installation.start()
        single = _ask(installation, "rate", _application(installation), SINGLE)
        yield Measure(
            "messages signed, carried and receipted one by one", f"{single:.0f} messages/s", "≥ 25"
        )


def _lags(found: dict[str, list[float]]) -> Iterator[Measure]:
    for name, goal, took in (
        ("received by the peer", "≤ 2 s", found["there"]),
        ("receipted", "", found["back"]),
    ):
        middle, worst = statistics.median(took), _percentile(took, 99)
        yield Measure(
            f"a message at rest until {name}, p50, p99 of {len(took)}",
            f"{middle:.2f} s, {worst:.2f} s",
            goal,
        )


def _claims(found: dict[str, Any]) -> Iterator[Measure]:
    if found["whole"]:
        raise RuntimeError(found["whole"])
    took = found["seconds"]
    middle, worst = statistics.median(took), _percentile(took, 99)
    yield Measure(
        f"a claim among {ROWS:,} messages, p50, p99 of {len(took)}; each by an index",
        f"{middle * 1000:.1f} ms, {worst * 1000:.1f} ms",
        "≤ 2 ms",
    )


def _percentile(values: list[float], hundredths: int) -> float:
    return sorted(values)[min(len(values) * hundredths // _HUNDREDTHS, len(values) - 1)]


def _application(installation: Installation) -> str:
    """File one application, which the messages will be about."""
    today = datetime.now(SHANGHAI).date()
    filing = next(
        each for each in plan(seed=SEED, count=30, today=today) if each.fate is not Fate.DRAFT
    )
    visitor = Visitor(installation.portal)
    errands.register(visitor, filing)
    return errands.application_of(errands.submit(visitor, errands.draft(visitor, filing)))


def _ask(installation: Installation, *words: object) -> Any:
    """Run the inner half with the court's settings and read its answer."""
    environ = Path(f"/proc/{installation.pids()['court.web']}/environ").read_bytes().decode()
    settings = dict(pair.split("=", 1) for pair in environ.split("\0") if "=" in pair)
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "xiezhi.sites.bench.exchange_side", *map(str, words)],
        env=settings | {"XIEZHI_PROCESS": "bench"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
