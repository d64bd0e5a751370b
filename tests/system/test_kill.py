"""SIGKILL of each process in turn during a filing: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.error import URLError

import psycopg
import pytest

from tests.system.stack import Stack
from xiezhi.sites.bench import errands
from xiezhi.sites.bench.visitor import Page, Visitor
from xiezhi.sites.demo.plan import Fate, Filing, plan

SEED = 99
PROCESSES = [
    *("service.web", "service.postgres", "service.exchange", "service.worker", "service.live"),
    *("ferry",),
    *("court.exchange", "court.postgres", "court.web", "court.worker", "court.live"),
]
COUNT_INTAKES = "SELECT count(*) FROM casework_intake WHERE application_id = %s"
COUNT_WORK = """
    SELECT count(*) FROM casework_workitem w JOIN casework_intake i ON i.id = w.subject_id
    WHERE i.application_id = %s
"""


def filings() -> Iterator[Filing]:
    crowd = plan(seed=SEED, count=80, today=date(2026, 11, 20))
    return (filing for filing in crowd if filing.fate is not Fate.DRAFT)


FILINGS = dict(zip([*PROCESSES, "supervisor"], filings(), strict=False))


def persistently(stack: Stack, ask: Callable[[], Page], wanted: Callable[[Page], bool]) -> Page:
    """Ask again, as a person who reloads, until the page is the wanted one."""
    got: list[Page] = []

    def once() -> bool:
        try:
            got[:] = [ask()]
        except (URLError, ConnectionError, TimeoutError):
            return False
        return wanted(got[0])

    stack.wait_until(once, "the page to come back", 60)
    return got[0]


def intakes(stack: Stack, application: str) -> list[int]:
    """Count, in the court's own database, the intakes and the work items of an application."""
    environ = Path(f"/proc/{stack.pids()['court.web']}/environ").read_bytes().decode()
    url = dict(pair.split("=", 1) for pair in environ.split("\0") if "=" in pair)[
        "DATABASE_URL_COURT"
    ]
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('xiezhi.actor_kind', 'system', true)")
        rows = [connection.execute(sql, [application]) for sql in (COUNT_INTAKES, COUNT_WORK)]
        return [row[0] for cursor in rows for row in cursor]


def drafted(stack: Stack, name: str) -> tuple[Visitor, str]:
    visitor = Visitor(stack.portal)
    errands.register(visitor, FILINGS[name])
    return visitor, errands.draft(visitor, FILINGS[name])


def submitted_and_arrived(stack: Stack, visitor: Visitor, application: str) -> None:
    persistently(
        stack,
        lambda: errands.submit(visitor, application),
        lambda page: page.status < 400 and "/edit/" not in page.path,
    )
    persistently(
        stack,
        lambda: visitor.get(f"/applications/{application}/"),
        lambda page: "法院专网已收" in page.text,
    )


@pytest.mark.rule("security.isolation")
@pytest.mark.parametrize("name", PROCESSES)
def test_a_filing_survives_the_death_of(stack: Stack, name: str) -> None:
    visitor, application = drafted(stack, name)
    before = stack.pids()[name]

    stack.kill(name)
    submitted_and_arrived(stack, visitor, application)

    stack.wait_until(lambda: stack.pids().get(name, before) != before, f"{name} to be back")
    assert intakes(stack, application) == [1, 1]


@pytest.mark.rule("security.isolation")
def test_a_filing_survives_the_death_of_the_supervisor(stack: Stack) -> None:
    visitor, application = drafted(stack, "supervisor")

    orphans = stack.kill_supervisor()
    stack.wait_until(
        lambda: not any(Path(f"/proc/{pid}").exists() for pid in orphans), "no orphan to be left"
    )
    stack.start()
    submitted_and_arrived(stack, visitor, application)

    assert intakes(stack, application) == [1, 1]
