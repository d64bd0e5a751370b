"""A job belongs to the transaction that asks for it."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import pytest
from django.db import connection, transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.jobs import job, rescue_stalled
from xiezhi.foundation.transactions import current_actor

pytestmark = pytest.mark.django_db
RAN: list[tuple[UUID, str]] = []


@job(name="foundation.test_note", queue="test")
def note(*, subject_id: UUID) -> None:
    actor = current_actor()
    RAN.append((subject_id, actor.purpose if actor else ""))


def waiting() -> int:
    return ProcrastinateJob.objects.filter(task_name="foundation.test_note").count()


def test_defer_leaves_no_job_when_the_caller_rolls_back() -> None:
    with transaction.atomic():
        assert note.defer(subject_id=uuid7()) is True
        transaction.set_rollback(True)

    assert waiting() == 0


def test_defer_with_a_key_asks_once() -> None:
    subject = uuid7()

    assert [note.defer(key="one", subject_id=subject) for _ in range(3)] == [True, False, False]
    assert waiting() == 1
    assert connection.needs_rollback is False


def test_run_acts_as_the_system_with_typed_ids() -> None:
    subject = uuid7()
    RAN.clear()

    note._run(subject_id=str(subject))

    assert [(subject, "job.foundation.test_note")] == RAN


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_is_put_back() -> None:
    note.defer(subject_id=uuid7())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
            " RETURNING id"
        )
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s"
            " WHERE task_name = 'foundation.test_note'",
            [cursor.fetchone()[0]],
        )

    asyncio.run(_rescue())

    assert ProcrastinateJob.objects.get(task_name="foundation.test_note").status == "todo"


async def _rescue() -> None:
    working = app.with_connector(cast("DjangoConnector", app.connector).get_worker_connector())
    async with working.open_async():
        context = cast("JobContext", SimpleNamespace(app=working))
        await rescue_stalled.func(context, timestamp=0)
