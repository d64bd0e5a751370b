"""A submission that a restore forgot stands again as it was submitted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import transaction

from xiezhi.contracts.messages import ApplicationSubmitted
from xiezhi.exchange.models import OutboxMessage
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import acting_as
from xiezhi.service.desk.actions.restore_submission import restore_submission
from xiezhi.service.desk.actions.submit import submit
from xiezhi.service.desk.models import Application, ApplicationEvent
from xiezhi.service.desk.tests.drafts import LATER, SYSTEM, ready, submitted

pytestmark = pytest.mark.django_db
LEARNT = LATER.replace(day=4)


@dataclass
class Forgotten:
    """A submission that no longer is, and the message that the court returns."""

    message: ApplicationSubmitted
    message_id: UUID
    digest: str


def forgotten(jia: Account, *, with_draft: bool) -> Forgotten:
    """Submit, take note of what was sent, and go back to before."""
    if with_draft:
        ready(jia)
    with transaction.atomic():
        if with_draft:
            with acting(SYSTEM):
                known = Application.objects.get().pk
            with acting(acting_as(jia)):
                application = submit(
                    application_id=known, consented=True, actor=acting_as(jia), at=LATER
                )
        else:
            application = submitted(jia)
        with acting(SYSTEM):
            body = OutboxMessage.objects.get().body
        message = ApplicationSubmitted.model_validate_json(body or "")
        assert application.message_id is not None
        found = Forgotten(message, application.message_id, application.digest)
        transaction.set_rollback(True)
    return found


def restored(found: Forgotten, message: ApplicationSubmitted | None = None) -> bool:
    """Put it back as the exchange does."""
    with acting(SYSTEM):
        return restore_submission(
            message=message or found.message, message_id=found.message_id, actor=SYSTEM, at=LEARNT
        )


def test_the_draft_becomes_what_was_submitted(jia: Account) -> None:
    found = forgotten(jia, with_draft=True)

    assert restored(found)
    with acting(acting_as(jia)):
        application = Application.objects.get()
        event = ApplicationEvent.objects.get(kind="application.submitted")
    assert (application.state, application.submitted_at) == ("submitted", LATER)
    assert application.receipt_number == found.message.receipt_number
    assert (application.digest, application.message_id) == (found.digest, found.message_id)
    assert (event.occurred_at, event.recorded_at) == (LATER, LEARNT)


def test_without_the_draft_it_stands_again_but_a_person_must_look(jia: Account) -> None:
    found = forgotten(jia, with_draft=False)

    assert not restored(found)  # its files are at the court alone
    with acting(acting_as(jia)):
        application = Application.objects.get()
    assert (application.pk, application.state) == (found.message.application_id, "submitted")
    assert application.title == "甲某诉乙某民间借贷纠纷"


def test_without_the_account_nothing_is_put_back(jia: Account) -> None:
    found = forgotten(jia, with_draft=False)
    applicant = found.message.applicant.model_copy(update={"account_ref": uuid7()})

    assert not restored(found, found.message.model_copy(update={"applicant": applicant}))
    with acting(SYSTEM):
        assert not Application.objects.exists()


def test_the_same_word_again_changes_nothing(jia: Account) -> None:
    found = forgotten(jia, with_draft=True)
    restored(found)

    assert restored(found)
    with acting(SYSTEM):
        assert ApplicationEvent.objects.filter(kind="application.submitted").count() == 1
