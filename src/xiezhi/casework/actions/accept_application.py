"""Accept an application and open the case (登记立案), all of it in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.casework.actions._move import check_move, locked_intake, move_intake, move_work
from xiezhi.casework.actions._open_case import open_case
from xiezhi.casework.actions.add_document import add_documents, content_of
from xiezhi.casework.actions.disclose import DOCUMENT, NODE, disclose
from xiezhi.casework.actions.issue_instrument import issue_acceptance_notice
from xiezhi.casework.actions.receive_application import REVIEW
from xiezhi.casework.errors import OpensNoCase
from xiezhi.casework.instruments.wording import plain_date
from xiezhi.casework.models import Case, Intake, Participation
from xiezhi.contracts import kinds
from xiezhi.contracts.messages import (
    ApplicationAccepted,
    ParticipationMinted,
    conversation_of_application,
)
from xiezhi.contracts.payloads import CaseDraft, PartyRole
from xiezhi.exchange.actions.post import post
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.live.publish import publish, unit_topic


@transaction.atomic
def accept_application(*, intake_id: UUID, actor: Actor, at: datetime) -> Case:
    """Accept the application: number, case, parties, e-file, notice, disclosures, answer.

    Basis: 民事诉讼法第一百二十六条、第一百二十九条. The filing date is the Shanghai date of ``at``.
    Refuses: ``Forbidden``, ``NotFound``, ``AlreadyDecided`` (two officers at once: one gets it),
    ``MoveRefused`` before the review has begun, ``OpensNoCase``.
    Locks: the application, then the series of numbers, until the transaction ends.
    """
    intake = locked_intake(intake_id)
    check_move(intake, "accept", actor=actor)
    draft = _draft(intake)
    case, mine = open_case(intake, draft, actor=actor, at=at)
    _fill_file(case, intake, actor=actor, at=at)
    move_intake(
        intake,
        "accept",
        actor=actor,
        at=at,
        facts={"case": str(case.pk)},
        decided_at=at,
        decided_by=actor.post_id,
        case=case,
    )
    move_work(
        court_id=intake.court_id,
        kind=REVIEW,
        subject_id=intake.pk,
        name="close",
        actor=actor,
        closed_at=at,
    )
    answer = _answer(intake, case, mine, actor=actor, at=at)
    for participation in mine:
        _tell(case, intake, participation, after=(answer,), actor=actor, at=at)
    publish(unit_topic(intake.court_id), "intake.accepted", intake.pk)
    return case


def _draft(intake: Intake) -> CaseDraft:
    kind = kinds.get(intake.kind)
    if kind.case is None:
        raise OpensNoCase(kind=kind.name)
    return kind.case(kind.payload.model_validate(intake.payload))


def _fill_file(case: Case, intake: Intake, *, actor: Actor, at: datetime) -> None:
    """Enter every material, arrived or not: the manifest must name what is still on its way."""
    contents = tuple(content_of(material) for material in intake.materials.all())
    add_documents(case=case, contents=contents, actor=actor, at=at)


def _answer(
    intake: Intake, case: Case, mine: Sequence[Participation], *, actor: Actor, at: datetime
) -> UUID:
    return post(
        to=intake.source_site,
        message=ApplicationAccepted(
            application_id=intake.application_id,
            case_id=case.pk,
            case_number=case.case_number,
            cause=case.cause,
            filing_date=case.filing_date,
            decided_at=at,
            participations=tuple(
                ParticipationMinted(
                    participation_id=participation.pk,
                    role=PartyRole(participation.party.role),
                    party_name=participation.party.name,
                )
                for participation in mine
            ),
        ),
        conversation=conversation_of_application(intake.application_id),
        act_at=at,
        actor=actor,
    )


def _tell(
    case: Case,
    intake: Intake,
    participation: Participation,
    *,
    after: Sequence[UUID],
    actor: Actor,
    at: datetime,
) -> None:
    disclose(
        case=case,
        participation=participation,
        kind=NODE,
        title="已登记立案",
        body=(
            f"您起诉的{case.cause}一案，本院已于{plain_date(case.filing_date)}登记立案，"
            f"案号为{case.case_number}。"
        ),
        after=after,
        actor=actor,
        at=at,
    )
    notice = issue_acceptance_notice(
        case=case, intake=intake, addressee=participation, actor=actor, at=at
    )
    disclose(
        case=case,
        participation=participation,
        kind=DOCUMENT,
        title=notice.title,
        body=f"{notice.number}，请下载保存。",
        document=notice.document,
        after=after,
        actor=actor,
        at=at,
    )
