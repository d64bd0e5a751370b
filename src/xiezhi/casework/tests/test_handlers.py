from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from xiezhi.casework.errors import UnknownKind
from xiezhi.casework.handlers import on_application_submitted, on_attachment
from xiezhi.casework.models import Intake, IntakeEvent, IntakeMaterial
from xiezhi.casework.tests.conftest import APPLY, RECEIVED_AT, SUBMITTED_AT, submission
from xiezhi.contracts.messages import ApplicationSubmitted
from xiezhi.exchange.handlers import (
    ARRIVING,
    AttachmentNews,
    Received,
    ReceivedAttachment,
    handler_of,
)
from xiezhi.exchange.models import OutboxMessage
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courts")]


def envelope(message: ApplicationSubmitted, *blobs: UUID | None) -> Received:
    return Received(
        message_id=uuid7(),
        src="service",
        conversation=f"application:{message.application_id}",
        position=1,
        type=message.TYPE,
        version=message.VERSION,
        act_at=SUBMITTED_AT,
        received_at=RECEIVED_AT,
        header_digest="00",
        attachments=tuple(
            ReceivedAttachment(
                id=material.blob_id,
                blob_id=blob,
                size=material.size,
                media_type=material.media_type,
                pages=material.pages,
                reason="" if blob else "内容与类型不符",
            )
            for material, blob in zip(message.materials, blobs, strict=True)
        ),
    )


def news(message: ApplicationSubmitted, blob: UUID | None, reason: str = "") -> AttachmentNews:
    first = message.materials[0]
    return AttachmentNews(
        message_id=uuid7(),
        src="service",
        conversation=f"application:{message.application_id}",
        message=message,
        attachment=ReceivedAttachment(
            id=first.blob_id,
            blob_id=blob,
            size=first.size,
            media_type=first.media_type,
            pages=first.pages,
            reason=reason,
        ),
        settled_at=RECEIVED_AT,
    )


def first_material() -> tuple[UUID | None, str]:
    with acting(APPLY):
        row = IntakeMaterial.objects.order_by("position")[0]
        return row.blob_id, row.fault


def deliver(message: ApplicationSubmitted, received: Received) -> None:
    with acting(APPLY):
        on_application_submitted(message, received)


def test_application_submitted_becomes_an_intake_with_our_blobs() -> None:
    message, ours = submission(), uuid7()

    deliver(message, envelope(message, ours, None))

    with acting(APPLY):
        intake = Intake.objects.get()
        rows = list(IntakeMaterial.objects.order_by("position").values_list("blob_id", "fault"))
    assert (intake.application_id, intake.received_at) == (message.application_id, RECEIVED_AT)
    assert rows == [(ours, ""), (None, "内容与类型不符")]


def test_application_submitted_twice_is_received_once() -> None:
    message = submission()

    for _ in range(2):
        deliver(message, envelope(message, uuid7(), uuid7()))

    with acting(APPLY):
        assert (Intake.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_a_material_on_its_way_has_no_fault_and_joins_when_it_comes() -> None:
    message, ours = submission(), uuid7()
    arriving = envelope(message, None, None)
    attachments = tuple(replace(each, reason=ARRIVING) for each in arriving.attachments)
    deliver(message, replace(arriving, attachments=attachments))
    assert first_material() == (None, "")

    with acting(APPLY):
        on_attachment(news(message, ours))

    assert first_material() == (ours, "")


def test_a_material_turned_back_later_bears_its_fault_and_the_intake_stands() -> None:
    message = submission()
    arriving = envelope(message, None, None)
    attachments = tuple(replace(each, reason=ARRIVING) for each in arriving.attachments)
    deliver(message, replace(arriving, attachments=attachments))

    with acting(APPLY):
        on_attachment(news(message, None, "files.type"))
        on_attachment(news(message, None, "files.type"))

    with acting(APPLY):
        told = IntakeEvent.objects.filter(kind="intake.material_turned_back").count()
    assert (first_material(), told) == ((None, "files.type"), 1)


def test_application_of_an_unknown_kind_is_refused() -> None:
    message = submission(kind="filing.civil.nothing")

    with pytest.raises(UnknownKind):
        deliver(message, envelope(message, uuid7(), uuid7()))


def test_the_court_handles_applications() -> None:
    assert handler_of(ApplicationSubmitted) is on_application_submitted
