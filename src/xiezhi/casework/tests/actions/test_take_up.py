from __future__ import annotations

import pytest

from xiezhi.casework.actions.take_up import take_up
from xiezhi.casework.models import Intake, IntakeEvent, WorkItem
from xiezhi.casework.tests.conftest import (
    ADMIN,
    APPLY,
    COLLEAGUE,
    DECIDED_AT,
    HEAD,
    JUDGE,
    OFFICER,
    STRANGER,
)
from xiezhi.exchange.models import OutboxMessage
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden, NotFound
from xiezhi.foundation.machine import MoveRefused
from xiezhi.foundation.transactions import acting

pytestmark = pytest.mark.django_db


def begin(intake: Intake, actor: Actor) -> Intake:
    with acting(actor):
        return take_up(intake_id=intake.pk, actor=actor, at=DECIDED_AT)


def test_take_up_claims_the_work_and_tells_the_participant(received: Intake) -> None:
    begin(received, OFFICER)

    with acting(APPLY):
        received.refresh_from_db()
        work = WorkItem.objects.get()
        event = IntakeEvent.objects.get(kind="intake.taken_up")
        sent = OutboxMessage.objects.order_by("-id")[0]
    assert (received.state, work.state, work.claimed_by) == (
        "under_review",
        "claimed",
        OFFICER.post_id,
    )
    assert (event.seq, event.occurred_at, event.actor_id) == (2, DECIDED_AT, OFFICER.account_id)
    assert sent.type == "application.under_review"


def test_take_up_refuses_the_slower_officer(received: Intake) -> None:
    begin(received, OFFICER)

    with pytest.raises(MoveRefused):
        begin(received, COLLEAGUE)

    with acting(APPLY):
        assert WorkItem.objects.get().claimed_by == OFFICER.post_id


@pytest.mark.parametrize("actor", [JUDGE, HEAD, ADMIN, APPLY], ids=lambda a: str(a.roles))
def test_take_up_refuses_other_roles(received: Intake, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        begin(received, actor)


def test_take_up_is_not_there_for_another_court(received: Intake) -> None:
    with pytest.raises(NotFound):
        begin(received, STRANGER)
