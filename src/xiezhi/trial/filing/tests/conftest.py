"""Browsers at the desks, and applications that lie there."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from PIL import Image

from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.actions.receive_application import Arrived, receive_application
from xiezhi.casework.actions.take_up import take_up
from xiezhi.casework.models import Case, Intake
from xiezhi.casework.tests.conftest import (
    APPLY,
    COURT,
    DECIDED_AT,
    OFFICER,
    RECEIVED_AT,
    material,
    payload,
    submission,
)
from xiezhi.files.actions.store_blob import store_blob
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.identity.staff.models import Post
from xiezhi.identity.staff.tests.conftest import browser, courts, employ, hire

__all__ = ["courts"]


@pytest.fixture
def officer(courts: None) -> Post:
    """Employ a filing officer."""
    return employ(hire(), "filing_officer")


@pytest.fixture
def desk(officer: Post) -> Client:
    """Give the officer's browser."""
    return browser(officer)


def at_desk(role: str, court_id: str = COURT) -> Client:
    """Give the browser of somebody else."""
    return browser(employ(hire(role, "丙寅直"), role, court_id))


def arrive(plaintiff: str = "王甲", *, picture: bytes = b"") -> Intake:
    """Let an application arrive; with ``picture`` its material can be looked at."""
    source = uuid7()
    message = submission(
        payload=payload(plaintiff),
        materials=(material(source, "借条.png"),),
        receipt_number=f"SJ-{source.hex[-8:]}",
    )
    with acting(APPLY):
        arrived = {}
        if picture:
            blob = store_blob(
                stream=io.BytesIO(picture),
                name="借条.png",
                court_id=COURT,
                actor=APPLY,
                at=RECEIVED_AT,
            )
            arrived = {source: Arrived(blob.pk)}
        return receive_application(
            message=message, source_site="service", arrived=arrived, actor=APPLY, at=RECEIVED_AT
        )


def review(intake: Intake) -> Intake:
    """Begin the review."""
    with acting(OFFICER):
        return take_up(intake_id=intake.pk, actor=OFFICER, at=DECIDED_AT)


def file(plaintiff: str = "王甲") -> Case:
    """File a case."""
    intake = review(arrive(plaintiff))
    with acting(OFFICER):
        return accept_application(intake_id=intake.pk, actor=OFFICER, at=DECIDED_AT)


def picture_of_paper() -> bytes:
    """Paint a sheet of paper."""
    sheet = io.BytesIO()
    Image.new("RGB", (600, 800), (250, 250, 245)).save(sheet, "PNG")
    return sheet.getvalue()
