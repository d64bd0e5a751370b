from __future__ import annotations

import pytest

from xiezhi.casework.actions.reject_application import reject_application
from xiezhi.casework.errors import AlreadyDecided, ReasonMissing
from xiezhi.casework.models import Case, Intake, IntakeEvent, IssuedNumber, WorkItem
from xiezhi.casework.tests.conftest import (
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
REASON = "起诉状只写“还钱”，没有写明数额和事实经过。"


def reject(
    intake: Intake, actor: Actor = OFFICER, *, ground: str = "no-claim", reason: str = REASON
) -> Intake:
    with acting(actor):
        return reject_application(
            intake_id=intake.pk, ground_code=ground, reason=reason, actor=actor, at=DECIDED_AT
        )


def test_reject_application_tells_reason_and_article(under_review: Intake) -> None:
    reject(under_review)

    with acting(APPLY):
        under_review.refresh_from_db()
        event = IntakeEvent.objects.get(kind="intake.rejected")
        sent = OutboxMessage.objects.order_by("-id")[0]
        work = WorkItem.objects.get()
    article = "《中华人民共和国民事诉讼法》第一百二十二条第三项"
    assert (under_review.state, under_review.decision_basis) == ("rejected", article)
    assert under_review.decision_reason == f"没有具体的诉讼请求和事实、理由。{REASON}"
    assert (event.basis, event.facts) == (article, {"ground": "no-claim"})
    assert (sent.type, article in sent.body, REASON in sent.body) == (
        "application.rejected",
        True,
        True,
    )
    assert work.state == "done"


def test_reject_application_opens_no_case(under_review: Intake) -> None:
    reject(under_review)

    with acting(APPLY):
        assert [Case.objects.count(), IssuedNumber.objects.count()] == [0, 0]


@pytest.mark.parametrize(("ground", "reason"), [("no-claim", " \n"), ("unheard-of", REASON)])
def test_reject_application_refuses_without_reason_or_article(
    under_review: Intake, ground: str, reason: str
) -> None:
    with pytest.raises(ReasonMissing):
        reject(under_review, ground=ground, reason=reason)

    with acting(APPLY):
        under_review.refresh_from_db()
        assert under_review.state == "under_review"


def test_reject_application_refuses_before_the_review(received: Intake) -> None:
    with pytest.raises(MoveRefused):
        reject(received)


def test_reject_application_refuses_the_second_decision(under_review: Intake) -> None:
    reject(under_review)

    with pytest.raises(AlreadyDecided):
        reject(under_review, COLLEAGUE)


@pytest.mark.parametrize("actor", [JUDGE, HEAD], ids=lambda a: str(a.roles))
def test_reject_application_refuses_other_roles(under_review: Intake, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        reject(under_review, actor)


def test_reject_application_is_not_there_for_another_court(under_review: Intake) -> None:
    with pytest.raises(NotFound):
        reject(under_review, STRANGER)


def test_reject_application_rolled_back_sends_nothing(under_review: Intake) -> None:
    def undone() -> None:
        with acting(OFFICER):
            reject(under_review)
            raise RuntimeError

    with acting(APPLY):
        before = OutboxMessage.objects.count()
    with pytest.raises(RuntimeError):
        undone()

    with acting(APPLY):
        under_review.refresh_from_db()
        assert (under_review.state, OutboxMessage.objects.count()) == ("under_review", before)
