"""Background work: typed jobs, asked for in the transaction of the act that causes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting

RETRIES = RetryStrategy(max_attempts=8, exponential_wait=3)
STALLED_AFTER_SECONDS = 60.0
PARTITIONS_AHEAD = 3

log = structlog.get_logger(__name__)
Work = Callable[..., None]


class Job:
    """One kind of background work; takes ids only and is idempotent."""

    def __init__(self, work: Work, *, name: str, queue: str) -> None:
        """Register the work with the queue under a stable name."""
        self.name = name
        self._work = work
        self._task = app.task(name=name, queue=queue, retry=RETRIES)(self._run)

    def _run(self, **ids: str) -> None:
        with structlog.contextvars.bound_contextvars(job=self.name):
            self._work(**{key: _identifier(value) for key, value in ids.items()})

    def defer(
        self, *, key: str | None = None, after: datetime | None = None, **ids: UUID | str
    ) -> bool:
        """Ask for the work in the caller's transaction; with ``key``, once until it has begun.

        Returns whether it was newly asked for. A rolled-back caller leaves no job.
        """
        deferrer = self._task.configure(queueing_lock=key, lock=key, schedule_at=after)
        try:
            with transaction.atomic():
                deferrer.defer(**{name: str(value) for name, value in ids.items()})
        except AlreadyEnqueued:
            return False
        return True


def job(*, name: str, queue: str = "default") -> Callable[[Work], Job]:
    """Make a function the work of a job. It runs as the system, in a transaction of its own."""

    def wrap(work: Work) -> Job:
        def run(**ids: Any) -> None:
            with acting(Actor.system(f"job.{name}")):
                work(**ids)

        return Job(run, name=name, queue=queue)

    return wrap


def _identifier(value: str) -> UUID | str:
    try:
        return UUID(value)
    except ValueError:
        return value


@app.periodic(cron="* * * * *")
@app.task(name="foundation.rescue_stalled", queueing_lock="foundation.rescue", pass_context=True)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Put jobs whose worker died back into the queue."""
    manager = context.app.job_manager
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS)
    for found in stalled:
        await manager.retry_job(found)
        log.warning("job rescued", task=found.task_name, minute=timestamp)


@app.periodic(cron="17 3 * * *")
@app.task(name="foundation.partitions", queueing_lock="foundation.partitions")
def keep_partitions(timestamp: int) -> None:
    """Make the partitions of the coming months, well before they are needed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, xiezhi_ensure_partitions(c.relname, %s) FROM pg_class c "
            "JOIN pg_partitioned_table p ON p.partrelid = c.oid",
            [PARTITIONS_AHEAD],
        )
        made = sum(row[1] for row in cursor.fetchall())
    log.info(
        "partitions kept", made=made, day=datetime.fromtimestamp(timestamp, UTC).date().isoformat()
    )
