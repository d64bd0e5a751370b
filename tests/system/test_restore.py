"""A site restored from its backup in mid-traffic: what it forgot comes back from the other."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from tests.system.stack import ROOT, Stack
from tests.system.test_kill import intakes, persistently
from xiezhi.sites.bench import errands
from xiezhi.sites.bench.visitor import Visitor
from xiezhi.sites.demo.plan import Fate, plan

FILINGS = [
    filing
    for filing in plan(seed=77, count=40, today=date(2026, 11, 20))
    if filing.fate is not Fate.DRAFT
]
RECOVERING = "SELECT count(*) FROM exchange_peer WHERE recovering_since IS NOT NULL"
FINISHED = "SELECT count(*) FROM exchange_recovery WHERE finished_at IS NOT NULL"


@pytest.fixture(params=["court", pytest.param("service", marks=pytest.mark.soak)])
def apart(request: pytest.FixtureRequest) -> Iterator[tuple[Stack, str]]:
    """Run an installation of this test's own, to be broken; name the site to restore."""
    with Stack(filings=2) as made:
        made.start()
        yield made, request.param


def command(stack: Stack, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run one of our commands on the installation, as its operator does."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XIEZHI_", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "xiezhi.sites.cli", *words],
        env=kept | {"XIEZHI_HOME": str(stack.home)} | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def succeeded(done: subprocess.CompletedProcess[str]) -> None:
    """Show what a command said if it failed."""
    assert done.returncode == 0, done.stdout + done.stderr


def ask(stack: Stack, site: str, sql: str) -> int:
    """Ask a site's own database for one number."""
    environ = Path(f"/proc/{stack.pids()[f'{site}.web']}/environ").read_bytes().decode()
    url = dict(pair.split("=", 1) for pair in environ.split("\0") if "=" in pair)
    with psycopg.connect(url[f"DATABASE_URL_{site.upper()}"]) as connection:
        row = connection.execute(sql).fetchone()
    assert row is not None
    return int(row[0])


def arrives(stack: Stack, visitor: Visitor, application: str) -> None:
    """Wait until the person sees that the court has it."""
    persistently(
        stack,
        lambda: visitor.get(f"/applications/{application}/"),
        lambda page: page.status < 400 and "法院专网已收" in page.text,
    )


@pytest.mark.rule("security.isolation")
def test_a_site_restored_in_mid_traffic_forgets_nothing(apart: tuple[Stack, str]) -> None:
    stack, site = apart
    people = []
    for filing in FILINGS[:4]:
        visitor = Visitor(stack.portal)
        errands.register(visitor, filing)
        people.append((visitor, errands.draft(visitor, filing)))
    (first, early), (second, forgotten), (third, under_way), (fourth, later) = people
    errands.submit(first, early)
    arrives(stack, first, early)
    succeeded(command(stack, "backup", "--home", str(stack.home), "--site", site))
    moment = datetime.now(UTC)
    stack.wait_until(lambda: datetime.now(UTC) > moment, "the clock to go on")

    errands.submit(second, forgotten)
    arrives(stack, second, forgotten)
    errands.submit(third, under_way)
    stack.kill_supervisor()
    begun = time.monotonic()
    words = ("restore", "--home", str(stack.home), "--site", site, "--at", moment.isoformat())
    succeeded(command(stack, *words))
    stack.start()
    for visitor, application in people[:3]:
        arrives(stack, visitor, application)
    stack.wait_until(lambda: ask(stack, site, RECOVERING) == 0, "the recovery to end", 60)

    assert time.monotonic() - begun < 15 * 60
    assert ask(stack, site, FINISHED) == 1
    errands.submit(fourth, later)
    arrives(stack, fourth, later)
    for _, application in people:
        assert intakes(stack, application) == [1, 1]
    for each in ("service", "court"):
        succeeded(command(stack, "exchange", "fsck", XIEZHI_SITE=each))
