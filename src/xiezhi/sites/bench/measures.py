"""The measures of the first slice: start, memory, pages, the road between the sites."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from xiezhi.sites.bench import errands
from xiezhi.sites.bench.installation import Installation, cpu_seconds, memory_mb
from xiezhi.sites.bench.table import Measure
from xiezhi.sites.bench.visitor import Visitor
from xiezhi.sites.demo.plan import SHANGHAI, Fate, Filing, plan

WARM_UP: Final = 20
REQUESTS: Final = 200
FILINGS: Final = 20
BURST: Final = 60
DEMONSTRATION: Final = 40
ARRIVAL_PATIENCE: Final = 30.0
POLL: Final = 0.02
ARRIVED: Final = "法院专网已收"
OFFICER: Final = "lian1"
SEED: Final = 4242


def starting() -> Iterator[Measure]:
    """Measure a start from nothing and a start of what stands."""
    with Installation(filings=0) as installation:
        yield Measure("cold start, without demonstration", f"{installation.start():.1f} s")
        installation.stop()
        yield Measure(
            "warm start until everything answers", f"{installation.start():.1f} s", "≤ 10 s"
        )
        used = memory_mb(installation.pids())
        yield Measure("memory idle, everything", f"{sum(used.values()):.0f} MB")
        for name, megabytes in sorted(used.items(), key=lambda each: -each[1]):
            yield Measure(f"memory idle, {name}", f"{megabytes:.0f} MB")


def pages_and_road() -> Iterator[Measure]:
    """Measure pages and the way of a filing on an installation with its demonstration city."""
    with Installation(filings=DEMONSTRATION) as installation:
        yield Measure("cold start, with demonstration", f"{installation.start():.1f} s")
        today = datetime.now(SHANGHAI).date()
        filings = [
            filing
            for filing in plan(seed=SEED, count=FILINGS + BURST + 30, today=today)
            if filing.fate is not Fate.DRAFT
        ]
        first = Visitor(installation.portal)
        errands.register(first, filings[0])
        application = errands.draft(first, filings[0])
        yield from _pages(installation, first, filings[0], application)
        yield from _road(installation, filings[1 : FILINGS + 1])
        yield from _burst(installation, filings[FILINGS + 1 : FILINGS + 1 + BURST])


def _pages(
    installation: Installation, visitor: Visitor, filing: Filing, application: str
) -> Iterator[Measure]:
    section = f"/applications/{application}/edit/facts/"
    typed = errands.form_fields("facts", filing.typed()["facts"])
    yield _page(installation, "service", "portal home, signed in", lambda: visitor.get("/"))
    yield _page(
        installation, "service", "portal, list of my matters", lambda: visitor.get("/matters/")
    )
    yield _page(
        installation,
        "service",
        "portal, form saved (POST, no redirect)",
        lambda: visitor.post(f"{section}autosave/", typed),
    )
    officer = Visitor(installation.court)
    errands.log_in_staff(officer, OFFICER)
    yield _page(installation, "court", "court, queue of 20", lambda: officer.get("/"), "≤ 10 ms")


def _page(
    installation: Installation, site: str, name: str, ask: Callable[[], object], goal: str = ""
) -> Measure:
    for _ in range(WARM_UP):
        ask()
    pids = installation.pids()
    with _cpu(pids[f"{site}.web"]) as web, _cpu(pids[f"{site}.postgres"]) as database:
        for _ in range(REQUESTS):
            ask()
    server, rows = (spent[0] / REQUESTS * 1000 for spent in (web, database))
    return Measure(f"server CPU, {name}", f"{server:.1f} ms + {rows:.1f} ms database", goal)


@contextmanager
def _cpu(pid: int) -> Iterator[list[float]]:
    spent = [0.0]
    before = cpu_seconds([pid])
    yield spent
    spent[0] = cpu_seconds([pid]) - before


def _road(installation: Installation, filings: list[Filing]) -> Iterator[Measure]:
    """Measure, one after the other, from pressing submit until the portal says it arrived."""
    took = []
    for filing in filings:
        visitor = Visitor(installation.portal)
        errands.register(visitor, filing)
        application = errands.draft(visitor, filing)
        begun = time.monotonic()
        errands.submit(visitor, application)
        _await_arrival(visitor, application)
        took.append(time.monotonic() - begun)
    took.sort()
    middle, worst = statistics.median(took), took[-1]
    yield Measure("submit until “法院专网已收”, p50", f"{middle:.2f} s", "≤ 1.5 s")
    yield Measure(f"submit until “法院专网已收”, longest of {len(took)}", f"{worst:.2f} s")


def _burst(installation: Installation, filings: list[Filing]) -> Iterator[Measure]:
    """Measure filings through the spool: submitted at once, until all have arrived."""
    waiting = []
    for filing in filings:
        visitor = Visitor(installation.portal)
        errands.register(visitor, filing)
        waiting.append((visitor, errands.draft(visitor, filing)))
    begun = time.monotonic()
    for visitor, application in waiting:
        errands.submit(visitor, application)
    for visitor, application in waiting:
        _await_arrival(visitor, application)
    seconds = time.monotonic() - begun
    rate = len(waiting) / seconds
    yield Measure(
        f"{len(waiting)} filings with 2 files each, submitted in a row, all arrived",
        f"{seconds:.1f} s ({rate:.1f} filings/s)",
    )


def _await_arrival(visitor: Visitor, application: str) -> None:
    end = time.monotonic() + ARRIVAL_PATIENCE
    while not re.search(ARRIVED, visitor.get(f"/applications/{application}/").text):
        if time.monotonic() > end:
            msg = f"{application} never arrived"
            raise TimeoutError(msg)
        time.sleep(POLL)
