from __future__ import annotations

import pytest

from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.models import Case, Intake
from xiezhi.casework.tests.conftest import APPLY, DECIDED_AT, OFFICER
from xiezhi.foundation.transactions import acting

pytestmark = pytest.mark.django_db


def test_accept_application_opens_the_case(under_review: Intake) -> None:
    with acting(OFFICER):
        case = accept_application(intake_id=under_review.pk, actor=OFFICER, at=DECIDED_AT)

    with acting(APPLY):
        found = Case.objects.get()
        assert (found.pk, found.case_number) == (case.pk, "（2026）示0102民初1号")
