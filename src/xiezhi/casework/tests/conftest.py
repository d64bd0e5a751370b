"""Courts, people of both sides, and an application as the portal sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import xiezhi.directory
from xiezhi.casework.actions.receive_application import Arrived, receive_application
from xiezhi.casework.actions.take_up import take_up
from xiezhi.casework.models import Intake
from xiezhi.contracts.messages import Applicant, ApplicationSubmitted, Material
from xiezhi.directory.actions.load_courts import load_courts
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting

COURT, OTHER_COURT = "示0102", "示0103"
SUBMITTED_AT = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
RECEIVED_AT = datetime(2026, 3, 2, 6, 31, tzinfo=UTC)
DECIDED_AT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
APPLY = Actor.system("exchange.apply")
COURTS = Path(xiezhi.directory.__file__).parent / "data" / "demonstration.toml"
PLAINTIFF_ID, DEFENDANT_ID = "99010219900307002X", "990102198511110011"


def staff(role: str, court_id: str = COURT) -> Actor:
    """Make a member of staff who acts in one post."""
    return Actor.staff(
        uuid7(), post_id=uuid7(), unit_id=court_id, roles=frozenset({role}), name="甲某"
    )


OFFICER = staff("filing_officer")
COLLEAGUE = staff("filing_officer")
STRANGER = staff("filing_officer", OTHER_COURT)
JUDGE = staff("case_judge")
HEAD = staff("division_head")
MANAGER = staff("trial_mgmt")
ADMIN = staff("system_admin")


def payload(plaintiff: str = "王甲", defendant: str = "李乙") -> dict[str, Any]:
    """Make what the form for a private loan holds."""
    return {
        "plaintiff": {
            "name": plaintiff,
            "id_number": PLAINTIFF_ID,
            "phone": "13900000001",
            "address": "云汀省鹤鸣市东渚区明镜路8号2单元301室",
        },
        "defendants": [
            {
                "name": defendant,
                "id_number": DEFENDANT_ID,
                "phone": "",
                "address": "云汀省鹤鸣市东渚区同心里3号",
            }
        ],
        "loan": {
            "principal": "48000.00",
            "lent_on": "2025-03-01",
            "due_on": "2025-09-01",
            "form": "bank",
            "interest": "年利率6%",
        },
        "claims": [
            {"text": "判令被告归还借款本金48,000元", "amount": "48000.00"},
            {"text": "判令被告承担本案诉讼费用", "amount": None},
        ],
        "facts": {"text": "2025年3月1日，被告因经营周转向原告借款，约定六个月归还，至今未还。"},
    }


def material(blob_id: UUID, name: str = "借条.pdf") -> Material:
    """Describe a material as the portal does."""
    return Material(
        blob_id=blob_id,
        category="evidence",
        name=name,
        media_type="application/pdf",
        size=20_480,
        pages=2,
        digest="ab" * 32,
    )


def submission(**changes: Any) -> ApplicationSubmitted:
    """Make the message of a submitted application."""
    values: dict[str, Any] = {
        "application_id": uuid7(),
        "receipt_number": "SJ20260302-000001",
        "kind": "filing.civil.private_lending",
        "kind_version": 1,
        "court_id": COURT,
        "submitted_at": SUBMITTED_AT,
        "applicant": Applicant(
            account_ref=uuid7(), name="王甲", id_number=PLAINTIFF_ID, phone="13900000001"
        ),
        "payload": payload(),
        "materials": (material(uuid7(), "借条.pdf"), material(uuid7(), "转账记录.pdf")),
    }
    return ApplicationSubmitted(**(values | changes))


def receive(message: ApplicationSubmitted | None = None, *, arrived: bool = True) -> Intake:
    """Receive an application as the exchange does."""
    message = message or submission()
    came = {m.blob_id: Arrived(uuid7()) for m in message.materials} if arrived else {}
    with acting(APPLY):
        return receive_application(
            message=message, source_site="service", arrived=came, actor=APPLY, at=RECEIVED_AT
        )


@pytest.fixture
def courts(db: None) -> None:
    """Load the invented courts."""
    with acting(APPLY):
        load_courts(path=COURTS)


@pytest.fixture
def received(courts: None) -> Intake:
    """Give an application that has just been received."""
    return receive()


@pytest.fixture
def under_review(received: Intake) -> Intake:
    """Give an application whose review the officer has begun."""
    with acting(OFFICER):
        return take_up(intake_id=received.pk, actor=OFFICER, at=RECEIVED_AT)


@pytest.fixture
def as_system(db: None) -> Iterator[Callable[[], None]]:
    """Read everything, for looking at what an act has left."""
    with acting(APPLY):
        yield lambda: None
