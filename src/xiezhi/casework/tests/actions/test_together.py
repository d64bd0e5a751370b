"""What several officers do at the same moment, with real threads and real commits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import connection

from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.actions.issue_number import issue_number
from xiezhi.casework.actions.reject_application import reject_application
from xiezhi.casework.actions.take_up import take_up
from xiezhi.casework.errors import AlreadyDecided
from xiezhi.casework.models import Case, Intake, IssuedNumber, NumberSeries
from xiezhi.casework.tests.conftest import (
    APPLY,
    COLLEAGUE,
    COURT,
    DECIDED_AT,
    OFFICER,
    receive,
    submission,
)
from xiezhi.directory.models import Court
from xiezhi.foundation.transactions import acting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("courts")]
MANY = 50
T = TypeVar("T")


def together(work: list[Callable[[], T]]) -> list[T]:
    """Run all at once, each on a connection of its own, from a common start."""
    start = Barrier(len(work))

    def run(one: Callable[[], T]) -> T:
        try:
            start.wait(timeout=60)
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as threads:
        return list(threads.map(run, work))


def begun() -> UUID:
    intake = receive(submission())
    with acting(OFFICER):
        take_up(intake_id=intake.pk, actor=OFFICER, at=DECIDED_AT)
    return intake.pk


def accepting(intake_id: UUID) -> Callable[[], str]:
    def accept() -> str:
        with acting(OFFICER):
            case = accept_application(intake_id=intake_id, actor=OFFICER, at=DECIDED_AT)
        return case.case_number

    return accept


def test_fifty_numbers_at_once_are_without_gap_or_double() -> None:
    def issue() -> int:
        with acting(OFFICER):
            number = issue_number(court_id=COURT, type_code="民初", actor=OFFICER, at=DECIDED_AT)
        return number.serial

    assert sorted(together([issue] * MANY)) == list(range(1, MANY + 1))


def test_fifty_acceptances_at_once_give_fifty_numbers_without_gap() -> None:
    intakes = [begun() for _ in range(MANY)]

    numbers = together([accepting(intake_id) for intake_id in intakes])

    assert sorted(numbers) == sorted(f"（2026）示0102民初{n}号" for n in range(1, MANY + 1))
    with acting(APPLY):
        assert NumberSeries.objects.get().last_serial == MANY
        assert (Case.objects.count(), IssuedNumber.objects.count()) == (MANY, MANY)


def test_two_officers_at_once_give_one_decision_and_one_clear_conflict() -> None:
    intake_id = begun()

    def reject() -> str:
        with acting(COLLEAGUE):
            reject_application(
                intake_id=intake_id,
                ground_code="no-jurisdiction",
                reason="被告住所地和合同履行地都不在本院辖区。",
                actor=COLLEAGUE,
                at=DECIDED_AT,
            )
        return "rejected"

    def outcome(decide: Callable[[], str]) -> Callable[[], str]:
        def told() -> str:
            try:
                return decide()
            except AlreadyDecided as refused:
                return refused.code

        return told

    outcomes = together([outcome(accepting(intake_id)), outcome(reject)])

    assert outcomes.count("casework.already-decided") == 1
    with acting(APPLY):
        intake = Intake.objects.get()
        assert intake.state in {"accepted", "rejected"}
        assert Case.objects.count() == (1 if intake.state == "accepted" else 0)
        assert Court.objects.filter(code=COURT).count() == 1
