from __future__ import annotations

from datetime import UTC, datetime

import pytest

from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.actions.issue_number import issue_number, void_number
from xiezhi.casework.errors import NumberIsUsed
from xiezhi.casework.models import Intake, IssuedNumber
from xiezhi.casework.tests.conftest import APPLY, COURT, DECIDED_AT, JUDGE, OFFICER
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.transactions import acting
from xiezhi.law.errors import LawError

pytestmark = pytest.mark.django_db


def issue(actor: Actor = OFFICER, at: datetime = DECIDED_AT, type_code: str = "民初") -> str:
    with acting(actor):
        return issue_number(court_id=COURT, type_code=type_code, actor=actor, at=at).text


def test_issue_number_counts_each_series_by_itself() -> None:
    new_year = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # 2027 in Shanghai

    found = [issue(), issue(), issue(type_code="财保"), issue(at=new_year), issue()]

    assert found == [
        "（2026）示0102民初1号",
        "（2026）示0102民初2号",
        "（2026）示0102财保1号",
        "（2027）示0102民初1号",
        "（2026）示0102民初3号",
    ]


def test_issue_number_given_back_by_a_rollback_is_issued_next() -> None:
    def undone() -> None:
        with acting(OFFICER):
            issue()
            raise RuntimeError

    issue()
    with pytest.raises(RuntimeError):
        undone()

    assert issue() == "（2026）示0102民初2号"


def test_issue_number_refuses_a_type_this_court_cannot_bear() -> None:
    with pytest.raises(LawError):
        issue(type_code="民终")


def test_issue_number_refuses_other_roles() -> None:
    with pytest.raises(Forbidden):
        issue(JUDGE)


def test_void_number_keeps_its_trace_and_is_never_used_again() -> None:
    issue()
    with acting(OFFICER):
        number = IssuedNumber.objects.get()
        void_number(number_id=number.pk, reason="误立", actor=OFFICER, at=DECIDED_AT)

    assert issue() == "（2026）示0102民初2号"
    with acting(OFFICER):
        number.refresh_from_db()
        assert (number.void_reason, number.voided_at) == ("误立", DECIDED_AT)


def test_void_number_refuses_one_that_a_case_bears(under_review: Intake) -> None:
    with acting(OFFICER):
        case = accept_application(intake_id=under_review.pk, actor=OFFICER, at=DECIDED_AT)

    with acting(OFFICER), pytest.raises(NumberIsUsed):
        void_number(number_id=case.number_id, reason="误立", actor=OFFICER, at=DECIDED_AT)

    with acting(APPLY):
        assert IssuedNumber.objects.get().voided_at is None
