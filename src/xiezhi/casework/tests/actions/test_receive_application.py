from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from xiezhi.casework.actions.receive_application import receive_application
from xiezhi.casework.errors import CourtNotHere, PayloadInvalid, UnknownKind
from xiezhi.casework.models import Intake, IntakeEvent, IntakeMaterial, WorkItem
from xiezhi.casework.tests.conftest import (
    APPLY,
    COURT,
    OFFICER,
    PLAINTIFF_ID,
    RECEIVED_AT,
    payload,
    receive,
    submission,
)
from xiezhi.exchange.models import OutboxMessage
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.transactions import acting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courts")]


def test_receive_application_enters_the_queue_with_its_clock() -> None:
    message = submission()

    receive(message)

    with acting(APPLY):
        intake = Intake.objects.get()
        work = WorkItem.objects.get()
    assert (intake.court_id, intake.state, intake.source_site) == (COURT, "received", "service")
    assert (intake.cause, intake.parties_line) == ("民间借贷纠纷", "王甲诉李乙")
    assert (intake.submitted_at, intake.received_at) == (message.submitted_at, RECEIVED_AT)
    assert (intake.review_started_on, intake.review_due_on) == (
        date(2026, 3, 2),
        date(2026, 3, 9),
    )
    assert intake.payload["plaintiff"]["id_number"] == PLAINTIFF_ID
    assert (work.desk, work.kind, work.subject_id, work.state) == (
        "filing",
        "filing.review",
        intake.pk,
        "open",
    )
    assert (work.due_on, "第一百二十六条" in work.basis) == (date(2026, 3, 9), True)


def test_receive_application_starts_the_clock_at_submission_and_rolls_over_rest_days() -> None:
    late = submission(submitted_at=datetime(2026, 2, 13, 15, 59, tzinfo=UTC))  # 23:59 in Shanghai

    intake = receive(late)

    assert intake.review_started_on == date(2026, 2, 13)
    assert intake.review_due_on == date(2026, 2, 24)  # 2 月 20 日在春节假期内


def test_receive_application_answers_with_the_day_by_which_it_decides() -> None:
    message = submission()
    receive(message)

    with acting(APPLY):
        sent = OutboxMessage.objects.get()
    assert (sent.dst, sent.type, sent.conversation) == (
        "service",
        "application.received",
        f"application:{message.application_id}",
    )
    assert '"review_due_on":"2026-03-09"' in sent.body


def test_receive_application_keeps_materials_in_order_and_says_what_is_missing() -> None:
    receive(submission(), arrived=False)

    with acting(APPLY):
        rows = list(IntakeMaterial.objects.values_list("position", "name", "blob_id"))
    assert rows == [(1, "借条.pdf", None), (2, "转账记录.pdf", None)]


def test_receive_application_twice_changes_nothing() -> None:
    message = submission()

    first, second = receive(message), receive(message)

    with acting(APPLY):
        counts = [t.objects.count() for t in (Intake, IntakeEvent, WorkItem, OutboxMessage)]
    assert (first.pk == second.pk, counts) == (True, [1, 1, 1, 1])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": "filing.civil.nothing"}, UnknownKind),
        ({"kind_version": 99}, UnknownKind),
        ({"court_id": "示9999"}, CourtNotHere),
        ({"payload": payload() | {"claims": []}}, PayloadInvalid),
    ],
    ids=["kind", "version", "court", "payload"],
)
def test_receive_application_refuses_and_keeps_nothing(
    changes: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        receive(submission(**changes))

    with acting(APPLY):
        assert [Intake.objects.count(), OutboxMessage.objects.count()] == [0, 0]


def test_receive_application_is_for_the_exchange_alone() -> None:
    with acting(OFFICER), pytest.raises(Forbidden):
        receive_application(
            message=submission(), source_site="service", arrived={}, actor=OFFICER, at=RECEIVED_AT
        )
