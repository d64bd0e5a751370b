from __future__ import annotations

from collections.abc import Callable

import pytest

from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.actions.reject_application import reject_application
from xiezhi.casework.errors import AlreadyDecided
from xiezhi.casework.models import (
    Case,
    CaseEvent,
    Claim,
    Disclosure,
    Document,
    Instrument,
    Intake,
    IntakeEvent,
    IssuedNumber,
    Manifest,
    NumberSeries,
    Participation,
    Party,
    WorkItem,
)
from xiezhi.casework.tests.conftest import (
    ADMIN,
    APPLY,
    COLLEAGUE,
    COURT,
    DECIDED_AT,
    JUDGE,
    MANAGER,
    OFFICER,
    PLAINTIFF_ID,
    STRANGER,
    receive,
)
from xiezhi.exchange.models import OutboxMessage
from xiezhi.files.models import Blob
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden, NotFound
from xiezhi.foundation.machine import MoveRefused
from xiezhi.foundation.transactions import acting

pytestmark = pytest.mark.django_db
MADE = (Case, Claim, Party, Participation, CaseEvent, Document, Manifest, Instrument, Disclosure)


def accept(intake: Intake, actor: Actor = OFFICER) -> Case:
    with acting(actor):
        return accept_application(intake_id=intake.pk, actor=actor, at=DECIDED_AT)


def test_accept_application_opens_a_case_with_its_number(under_review: Intake) -> None:
    accept(under_review)

    with acting(APPLY):
        case = Case.objects.get()
        under_review.refresh_from_db()
        series = NumberSeries.objects.get()
        work = WorkItem.objects.get()
    assert (case.court_id, case.case_number, case.cause) == (
        COURT,
        "（2026）示0102民初1号",
        "民间借贷纠纷",
    )
    assert (case.filing_date.isoformat(), str(case.claim_amount)) == ("2026-03-03", "48000.00")
    assert (under_review.state, under_review.case_id) == ("accepted", case.pk)
    assert (under_review.decided_at, under_review.decided_by) == (DECIDED_AT, OFFICER.post_id)
    assert (series.year, series.type_code, series.last_serial) == (2026, "民初", 1)
    assert (work.state, work.closed_at) == ("done", DECIDED_AT)


def test_accept_application_takes_in_parties_and_claims(under_review: Intake) -> None:
    accept(under_review)

    with acting(APPLY):
        parties = [(p.role, p.name, p.id_number) for p in Party.objects.order_by("position")]
        claims = list(Claim.objects.order_by("position").values_list("text", "amount"))
        mine, theirs = Participation.objects.order_by("party__position")
    assert parties[0] == ("plaintiff", "王甲", PLAINTIFF_ID)
    assert [p[:2] for p in parties] == [("plaintiff", "王甲"), ("defendant", "李乙")]
    assert [(text, str(amount)) for text, amount in claims] == [
        ("判令被告归还借款本金48,000元", "48000.00"),
        ("判令被告承担本案诉讼费用", "None"),
    ]
    assert (mine.account_ref, mine.site_id) == (under_review.applicant_ref, "service")
    assert (theirs.account_ref, theirs.site_id, theirs.claimed_at) == (None, "", None)


def test_accept_application_fills_the_e_file_and_lists_it(under_review: Intake) -> None:
    accept(under_review)

    with acting(APPLY):
        documents = list(Document.objects.order_by("position"))
        manifest = Manifest.objects.order_by("-revision")[0]
        instrument = Instrument.objects.get()
        held = set(Blob.objects.values_list("pk", flat=True))
    assert [d.name for d in documents] == ["借条.pdf", "转账记录.pdf", "受理案件通知书.pdf"]
    assert manifest.entries == [[str(d.pk), d.digest] for d in documents]
    assert (manifest.count, manifest.revision) == (3, 2)
    assert instrument.document_id == documents[2].pk
    assert instrument.number == "（2026）示0102民初1号"
    assert held == {documents[2].blob_id}


def test_accept_application_records_events_in_order(under_review: Intake) -> None:
    case = accept(under_review)

    with acting(APPLY):
        told = list(CaseEvent.objects.order_by("seq").values_list("seq", "kind"))
        before = list(IntakeEvent.objects.order_by("seq").values_list("kind", flat=True))
        first = CaseEvent.objects.get(seq=1)
    assert told == [
        (1, "case.filed"),
        (2, "case.document_added"),
        (3, "case.document_added"),
        (4, "case.disclosed"),
        (5, "case.document_added"),
        (6, "case.instrument_issued"),
        (7, "case.disclosed"),
    ]
    assert before == ["intake.received", "intake.taken_up", "intake.accepted"]
    assert (first.subject_id, first.post_id, first.capacity) == (
        case.pk,
        OFFICER.post_id,
        "filing_officer",
    )


def test_accept_application_answers_before_it_discloses(under_review: Intake) -> None:
    accept(under_review)

    with acting(APPLY):
        sent = list(OutboxMessage.objects.order_by("id"))
    assert [m.type for m in sent] == [
        "application.received",
        "application.under_review",
        "application.accepted",
        "disclosure.published",
        "disclosure.published",
    ]
    assert [m.position for m in sent] == [1, 2, 3, 1, 2]
    assert {tuple(m.after) for m in sent[3:]} == {(sent[2].pk,)}
    assert [len(m.attachments) for m in sent] == [0, 0, 0, 0, 1]


def test_accept_application_rolled_back_leaves_no_trace(under_review: Intake) -> None:
    def undone() -> None:
        with acting(OFFICER):
            accept_application(intake_id=under_review.pk, actor=OFFICER, at=DECIDED_AT)
            raise RuntimeError

    with acting(APPLY):
        sent = OutboxMessage.objects.count()
    with pytest.raises(RuntimeError):
        undone()

    with acting(APPLY):
        under_review.refresh_from_db()
        assert under_review.state == "under_review"
        assert [table.objects.count() for table in MADE] == [0] * len(MADE)
        assert (IssuedNumber.objects.count(), NumberSeries.objects.count()) == (0, 0)
        assert OutboxMessage.objects.count() == sent
    assert accept(under_review).case_number == "（2026）示0102民初1号"


def test_accept_application_refuses_before_the_review(received: Intake) -> None:
    with pytest.raises(MoveRefused):
        accept(received)


@pytest.mark.parametrize(
    "decide",
    [
        accept,
        lambda intake: reject_application(
            intake_id=intake.pk,
            ground_code="no-claim",
            reason="没有具体的诉讼请求。",
            actor=OFFICER,
            at=DECIDED_AT,
        ),
    ],
)
def test_accept_application_refuses_what_is_decided(
    under_review: Intake, decide: Callable[[Intake], object]
) -> None:
    with acting(OFFICER):
        decide(under_review)

    with pytest.raises(AlreadyDecided) as refused:
        accept(under_review, COLLEAGUE)

    assert refused.value.status == 409


@pytest.mark.parametrize("actor", [JUDGE, MANAGER, ADMIN], ids=lambda a: ",".join(a.roles))
def test_accept_application_refuses_other_roles(under_review: Intake, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        accept(under_review, actor)


def test_accept_application_is_not_there_for_another_court(under_review: Intake) -> None:
    with pytest.raises(NotFound):
        accept(under_review, STRANGER)


def test_accept_application_lists_what_has_not_arrived(courts: None) -> None:
    intake = receive(arrived=False)
    with acting(OFFICER):
        from_desk = Intake.objects.get(pk=intake.pk)
    from xiezhi.casework.actions.take_up import take_up  # noqa: PLC0415

    with acting(OFFICER):
        take_up(intake_id=from_desk.pk, actor=OFFICER, at=DECIDED_AT)
    accept(intake)

    with acting(APPLY):
        blobs = list(Document.objects.order_by("position").values_list("blob_id", flat=True))
        manifest = Manifest.objects.order_by("-revision")[0]
    assert blobs[:2] == [None, None]
    assert manifest.count == 3
