from __future__ import annotations

import pytest

from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.actions.disclose import NODE, disclose, release_waiting
from xiezhi.casework.models import Case, Disclosure, Intake, Participation
from xiezhi.casework.tests.conftest import APPLY, DECIDED_AT, JUDGE, OFFICER
from xiezhi.exchange.models import OutboxMessage
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden, NotFound
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(under_review: Intake) -> Case:
    with acting(OFFICER):
        return accept_application(intake_id=under_review.pk, actor=OFFICER, at=DECIDED_AT)


def tell(case: Case, role: str, actor: Actor = OFFICER) -> Disclosure:
    with acting(actor):
        return disclose(
            case=case,
            participation=Participation.objects.get(case=case, party__role=role),
            kind=NODE,
            title="已分案",
            actor=actor,
            at=DECIDED_AT,
        )


def test_disclose_posts_to_the_site_of_whoever_has_claimed(case: Case) -> None:
    told = tell(case, "plaintiff")

    with acting(APPLY):
        sent = OutboxMessage.objects.get(pk=told.message_id or told.pk)
    assert (sent.dst, sent.conversation) == ("service", f"disclosure:{told.participation_id}")
    assert (told.posted_at, '"title":"已分案"' in sent.body) == (DECIDED_AT, True)


def test_disclose_waits_while_nobody_has_claimed(case: Case) -> None:
    with acting(APPLY):
        before = OutboxMessage.objects.count()

    told = tell(case, "defendant")

    with acting(APPLY):
        assert (told.message_id, OutboxMessage.objects.count()) == (None, before)


def test_release_waiting_sends_once_what_waited(case: Case) -> None:
    told = tell(case, "defendant")
    with acting(APPLY):
        Participation.objects.filter(pk=told.participation_id).update(
            account_ref=uuid7(), site_id="service", claimed_at=DECIDED_AT
        )
        counts = [
            release_waiting(participation_id=told.participation_id, actor=APPLY, at=DECIDED_AT)
            for _ in range(2)
        ]
        told.refresh_from_db()

    assert (counts, told.message_id is None) == ([1, 0], False)


def test_release_waiting_refuses_a_participation_nobody_has_claimed(case: Case) -> None:
    told = tell(case, "defendant")

    with acting(APPLY), pytest.raises(NotFound):
        release_waiting(participation_id=told.participation_id, actor=APPLY, at=DECIDED_AT)


def test_disclose_refuses_other_roles(case: Case) -> None:
    with pytest.raises(Forbidden):
        tell(case, "plaintiff", JUDGE)
