from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from xiezhi.casework import queries
from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.actions.take_up import take_up
from xiezhi.casework.models import Intake
from xiezhi.casework.models.work import Desk
from xiezhi.casework.tests.conftest import (
    DECIDED_AT,
    HEAD,
    JUDGE,
    MANAGER,
    OFFICER,
    PLAINTIFF_ID,
    STRANGER,
    payload,
    receive,
    submission,
)
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.transactions import acting

pytestmark = pytest.mark.django_db


def file(plaintiff: str) -> Intake:
    intake = receive(submission(payload=payload(plaintiff)))
    with acting(OFFICER):
        take_up(intake_id=intake.pk, actor=OFFICER, at=DECIDED_AT)
        accept_application(intake_id=intake.pk, actor=OFFICER, at=DECIDED_AT)
    return intake


@pytest.mark.usefixtures("courts")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["（2026）示0102民初2号", "（2026）示0102民初1号"]),
        ("王甲", ["（2026）示0102民初1号"]),
        ("民初2号", ["（2026）示0102民初2号"]),
        ("(2026)示0102民初1", ["（2026）示0102民初1号"]),
        (PLAINTIFF_ID.lower(), ["（2026）示0102民初2号", "（2026）示0102民初1号"]),
        ("甲", []),
    ],
)
def test_search_cases_finds_number_name_and_id_number(words: str, found: list[str]) -> None:
    file("王甲")
    file("赵丙")

    with acting(OFFICER):
        rows = queries.search_cases(words, actor=OFFICER)
        assert [case.case_number for case in rows] == found


@pytest.mark.parametrize(("actor", "sees"), [(OFFICER, 1), (STRANGER, 0), (JUDGE, 0), (HEAD, 0)])
def test_intakes_are_for_the_filing_desk_of_the_court(
    received: Intake, actor: Actor, sees: int
) -> None:
    with acting(actor):
        assert queries.intakes_for(actor).count() == sees


def test_a_list_and_a_page_agree(received: Intake) -> None:
    for actor in (OFFICER, STRANGER, JUDGE, HEAD, MANAGER):
        with acting(actor):
            listed = queries.intakes_for(actor).filter(pk=received.pk).exists()
            if listed:
                assert queries.intake(received.pk, actor=actor) == received
            else:
                with pytest.raises(NotFound):
                    queries.intake(received.pk, actor=actor)


@pytest.mark.usefixtures("courts")
def test_documents_are_only_for_those_who_may_open_the_file() -> None:
    intake = file("王甲")
    with acting(MANAGER):
        case = queries.cases_for(MANAGER).get(intake=intake.pk)
        assert queries.documents_of(case, actor=MANAGER) == ()
    with acting(HEAD):
        assert len(queries.documents_of(case, actor=HEAD)) == 3


def test_desk_counts_tell_what_is_late(under_review: Intake) -> None:
    with acting(OFFICER):
        on_time = queries.desk_counts(OFFICER, desk=Desk.FILING, today=date(2026, 3, 9))
        late = queries.desk_counts(OFFICER, desk=Desk.FILING, today=date(2026, 3, 10))

    assert (on_time.claimed, on_time.waiting, on_time.overdue, late.overdue) == (1, 1, 0, 1)


@pytest.mark.usefixtures("courts")
def test_desk_counts_tell_what_was_done_today_and_not_before() -> None:
    file("王甲")
    with acting(OFFICER):
        done = queries.work_for(OFFICER, desk=Desk.FILING).filter(state="done").get()
        assert done.closed_at is not None
        day = timezone.localdate(done.closed_at)
        today = queries.desk_counts(OFFICER, desk=Desk.FILING, today=day)
        later = queries.desk_counts(OFFICER, desk=Desk.FILING, today=day + timedelta(days=1))

    assert (today.done_today, later.done_today, today.waiting) == (1, 0, 0)
