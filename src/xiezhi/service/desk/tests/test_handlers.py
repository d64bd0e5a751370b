"""What the court says is taken over once, in any order of arrival."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from xiezhi.contracts.messages import (
    ApplicationAccepted,
    ApplicationReceived,
    ApplicationRejected,
    ApplicationUnderReview,
    DisclosurePublished,
    Material,
    Message,
    ParticipationMinted,
)
from xiezhi.contracts.payloads import PartyRole
from xiezhi.exchange.handlers import Received, ReceivedAttachment, handler_of
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.machine import MoveRefused
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.service.desk import handlers
from xiezhi.service.desk.actions.take_disclosure import AddresseeUnknown
from xiezhi.service.desk.models import (
    Application,
    ApplicationEvent,
    Disclosure,
    Participation,
)
from xiezhi.service.desk.tests.drafts import LATER, SYSTEM, submitted

pytestmark = pytest.mark.django_db
ARRIVED = LATER + timedelta(minutes=2)
CASE, PLACE = uuid7(), uuid7()


def arrives(message: Message, *blobs: UUID) -> None:
    """Hand a message to its handler as the exchange does."""
    attachments = tuple(
        ReceivedAttachment(each, each, size=10, media_type="application/pdf", pages=2)
        for each in blobs
    )
    envelope = Received(
        message_id=uuid7(),
        src="court",
        conversation="application:x",
        position=1,
        type=message.TYPE,
        version=message.VERSION,
        act_at=LATER,
        received_at=ARRIVED,
        header_digest="",
        attachments=attachments,
    )
    handler = handler_of(type(message))
    assert handler is not None
    assert handler.__module__ == handlers.__name__
    with acting(SYSTEM):
        handler(message, envelope)


def received(application: Application) -> ApplicationReceived:
    return ApplicationReceived(
        application_id=application.pk, received_at=LATER, review_due_on=date(2026, 3, 9)
    )


def under_review(application: Application) -> ApplicationUnderReview:
    return ApplicationUnderReview(application_id=application.pk, at=LATER + timedelta(hours=1))


def accepted(application: Application, case_id: UUID = CASE) -> ApplicationAccepted:
    return ApplicationAccepted(
        application_id=application.pk,
        case_id=case_id,
        case_number="（2026）示0102民初1号",
        cause="民间借贷纠纷",
        filing_date=date(2026, 3, 4),
        decided_at=LATER + timedelta(days=2),
        participations=(
            ParticipationMinted(
                participation_id=PLACE, role=PartyRole.PLAINTIFF, party_name="甲某"
            ),
        ),
    )


def rejected(application: Application) -> ApplicationRejected:
    return ApplicationRejected(
        application_id=application.pk,
        decided_at=LATER + timedelta(days=2),
        reason="本院没有管辖权。",
        basis="民事诉讼法第一百二十二条",
    )


def notice(application: Application | None, blob: UUID | None = None) -> DisclosurePublished:
    document = None
    if blob:
        document = Material(
            blob_id=blob,
            category="instrument",
            name="受理案件通知书.pdf",
            media_type="application/pdf",
            size=10,
            pages=2,
            digest="0" * 64,
        )
    return DisclosurePublished(
        disclosure_id=uuid7(),
        participation_id=PLACE,
        application_id=application.pk if application else None,
        case_id=CASE,
        kind="instrument",
        title="受理案件通知书",
        body="",
        published_at=LATER + timedelta(days=2),
        document=document,
    )


def state_of(application: Application) -> str:
    with acting(SYSTEM):
        application.refresh_from_db()
    return application.state


def kinds_of_event(application: Application) -> list[str]:
    with acting(SYSTEM):
        rows = ApplicationEvent.objects.filter(application_id=application.pk).order_by("seq")
        return list(rows.values_list("kind", flat=True))[-2:]


def test_received_shows_when_the_court_got_it_and_until_when_it_decides(jia: Account) -> None:
    application = submitted(jia)

    arrives(received(application))

    assert state_of(application) == "received"
    assert (application.received_at, application.review_due_on) == (LATER, date(2026, 3, 9))
    with acting(SYSTEM):
        event = ApplicationEvent.objects.get(kind="application.received")
    assert (event.occurred_at, event.recorded_at) == (LATER, ARRIVED)


@pytest.mark.parametrize("again", [received, under_review, accepted, rejected])
def test_the_same_news_twice_changes_nothing(jia: Account, again: object) -> None:
    application = submitted(jia)
    arrives(received(application))
    message: Message = again(application)  # type: ignore[operator]  # one of the makers above
    arrives(message)
    before = (state_of(application), kinds_of_event(application))

    arrives(message)

    assert (state_of(application), kinds_of_event(application)) == before


def test_a_late_receipt_after_the_decision_only_fills_its_dates(jia: Account) -> None:
    application = submitted(jia)
    arrives(accepted(application))

    arrives(received(application))

    assert state_of(application) == "accepted"
    assert application.received_at == LATER
    assert kinds_of_event(application)[-1] == "application.accepted"


def test_late_news_of_review_does_not_reopen_a_decision(jia: Account) -> None:
    application = submitted(jia)
    arrives(received(application))
    arrives(rejected(application))

    arrives(under_review(application))

    assert state_of(application) == "rejected"


def test_accepted_shows_the_case_and_binds_the_participation(jia: Account) -> None:
    application = submitted(jia)
    arrives(received(application))
    arrives(under_review(application))

    arrives(accepted(application))

    assert state_of(application) == "accepted"
    assert (application.case_number, application.case_id) == ("（2026）示0102民初1号", CASE)
    with acting(SYSTEM):
        place = Participation.objects.get()
    assert (place.pk, place.owner_id, place.role) == (PLACE, jia.pk, "plaintiff")


def test_rejected_keeps_reason_and_article(jia: Account) -> None:
    application = submitted(jia)

    arrives(rejected(application))

    assert state_of(application) == "rejected"
    with acting(SYSTEM):
        application.refresh_from_db()
        assert (application.reason, application.basis) == (
            "本院没有管辖权。",
            "民事诉讼法第一百二十二条",
        )


@pytest.mark.parametrize(
    ("first", "second"), [(accepted, rejected), (rejected, accepted)], ids=["accept", "reject"]
)
def test_a_second_different_decision_is_refused(
    jia: Account, first: object, second: object
) -> None:
    application = submitted(jia)
    arrives(first(application))  # type: ignore[operator]  # one of the makers above
    before = state_of(application)

    with pytest.raises(MoveRefused):
        arrives(second(application))  # type: ignore[operator]  # one of the makers above

    assert state_of(application) == before


def test_news_of_an_unknown_application_is_refused(jia: Account) -> None:
    application = submitted(jia)
    stranger = received(application).model_copy(update={"application_id": uuid7()})

    with pytest.raises(NotFound):
        arrives(stranger)


def test_disclosure_reaches_the_owner_of_the_participation_with_its_document(jia: Account) -> None:
    application = submitted(jia)
    arrives(accepted(application))
    blob = uuid7()

    arrives(notice(None, blob), blob)

    with acting(SYSTEM):
        disclosure = Disclosure.objects.get()
    assert (disclosure.owner_id, disclosure.application_id) == (jia.pk, application.pk)
    assert (disclosure.blob_id, disclosure.pages) == (blob, 2)


def test_disclosure_waits_for_the_participation_it_is_addressed_to(jia: Account) -> None:
    submitted(jia)

    with pytest.raises(AddresseeUnknown):
        arrives(notice(None))
    with acting(SYSTEM):
        assert list(Disclosure.objects.all()) == []


def test_disclosure_twice_is_kept_once(jia: Account) -> None:
    application = submitted(jia)
    message = notice(application)

    arrives(message)
    arrives(message)

    with acting(SYSTEM):
        assert Disclosure.objects.count() == 1
        assert ApplicationEvent.objects.filter(kind="disclosure.arrived").count() == 1


def test_disclosure_whose_document_was_rejected_is_still_told(jia: Account) -> None:
    application = submitted(jia)

    arrives(notice(application, uuid7()))

    with acting(SYSTEM):
        assert Disclosure.objects.get().blob_id is None
