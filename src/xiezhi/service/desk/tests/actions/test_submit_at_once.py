"""Two submissions at the same moment: one receipt, one message."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from xiezhi.exchange.models import OutboxMessage
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.tests.people import acting_as, member
from xiezhi.service.desk.actions.submit import submit
from xiezhi.service.desk.models import ApplicationEvent
from xiezhi.service.desk.tests.drafts import LATER, SYSTEM, ready

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 4


def test_pressing_submit_several_times_at_once_submits_once() -> None:
    owner = member(1)
    application = ready(owner)
    start = Barrier(PRESSES)

    def press(actor: Actor, application_id: UUID) -> str | None:
        try:
            start.wait()
            with acting(actor):
                return submit(
                    application_id=application_id, consented=True, actor=actor, at=LATER
                ).receipt_number
        finally:
            connection.close()

    with ThreadPoolExecutor(PRESSES) as pool:
        pressed = [pool.submit(press, acting_as(owner), application.pk) for _ in range(PRESSES)]
        receipts = {each.result() for each in pressed}

    assert len(receipts) == 1
    assert None not in receipts
    with acting(SYSTEM):
        assert OutboxMessage.objects.count() == 1
        assert ApplicationEvent.objects.filter(kind="application.submitted").count() == 1
