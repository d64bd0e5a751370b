"""Receive an application that a participant submitted on another site (收案)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from pydantic import ValidationError

from xiezhi.casework.actions._record import record
from xiezhi.casework.errors import CourtNotHere, PayloadInvalid, UnknownKind
from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import Intake, IntakeMaterial, WorkItem
from xiezhi.casework.models.work import Desk
from xiezhi.casework.permissions import May
from xiezhi.contracts import kinds
from xiezhi.contracts.kinds import ApplicationKind, UnknownKindError
from xiezhi.contracts.messages import (
    ApplicationReceived,
    ApplicationSubmitted,
    conversation_of_application,
)
from xiezhi.contracts.payloads import CaseDraft, PartyRole
from xiezhi.directory.queries import courts
from xiezhi.exchange.actions.post import post
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.live.publish import publish, unit_topic
from xiezhi.foundation.permissions import require
from xiezhi.law import periods
from xiezhi.law.dates import day_of

REVIEW: Final = "filing.review"
REVIEW_PERIOD: Final = "filing-review"
LINE_LENGTH: Final = 400


@dataclass(frozen=True, slots=True)
class Arrived:
    """An attachment as it stands here: our blob, or the fault for which it was turned back."""

    blob_id: UUID | None
    fault: str = ""


ON_ITS_WAY: Final = Arrived(blob_id=None)


@transaction.atomic
def receive_application(
    *,
    message: ApplicationSubmitted,
    source_site: str,
    arrived: Mapping[UUID, Arrived],
    actor: Actor,
    at: datetime,
) -> Intake:
    """Enter an application into the filing desk's queue, start its clock and answer with a receipt.

    Basis: 民事诉讼法第一百二十六条；登记立案规定第二条；在线诉讼规则第九条. The period runs from
    the Shanghai date of submission: the portal is the court's own door, and transit counts
    against nobody. ``arrived`` tells of each attachment by the sender's name for it.
    Refuses: ``UnknownKind``, ``PayloadInvalid``, ``CourtNotHere``, ``Forbidden``.
    Idempotence: an application that is already here is returned as it stands.
    """
    known = Intake.objects.filter(
        court_id=message.court_id, source_site=source_site, application_id=message.application_id
    ).first()
    if known is not None:
        return known
    kind, draft = _understand(message)
    started = day_of(message.submitted_at)
    period = periods.end_of(REVIEW_PERIOD, started, allow_unpublished=True)
    intake = Intake(
        court_id=message.court_id,
        source_site=source_site,
        application_id=message.application_id,
        applicant_ref=message.applicant.account_ref,
        receipt_number=message.receipt_number,
        kind=message.kind,
        kind_version=message.kind_version,
        cause=draft.cause if draft else kind.name,
        parties_line=parties_line(draft) if draft else message.applicant.name,
        claim_amount=draft.claim_amount if draft else None,
        payload=message.payload,
        applicant=message.applicant.model_dump(mode="json"),
        submitted_at=message.submitted_at,
        received_at=at,
        review_started_on=started,
        review_due_on=period.end,
    )
    require(GRANTS, May.RECEIVE, actor, intake)
    intake.save(force_insert=True)
    _keep_materials(intake, message, arrived, at=at)
    record(
        intake, "intake.received", actor=actor, at=at, facts={"materials": len(message.materials)}
    )
    _open_work(intake, basis=period.basis, at=at)
    _answer(intake, actor=actor, at=at)
    publish(unit_topic(intake.court_id), "intake.received", intake.pk)
    return intake


def parties_line(draft: CaseDraft) -> str:
    """Name the parties as a register does: 甲诉乙、丙."""
    sides = {
        role: "、".join(party.name for party in draft.parties if party.role == role)
        for role in (PartyRole.PLAINTIFF, PartyRole.DEFENDANT)
    }
    return f"{sides[PartyRole.PLAINTIFF]}诉{sides[PartyRole.DEFENDANT]}"[:LINE_LENGTH]


def _understand(message: ApplicationSubmitted) -> tuple[ApplicationKind, CaseDraft | None]:
    try:
        kind = kinds.get(message.kind)
    except UnknownKindError:
        raise UnknownKind(kind=message.kind, version=message.kind_version) from None
    if message.kind_version > kind.version:
        raise UnknownKind(kind=kind.name, version=message.kind_version)
    court = courts().filter(code=message.court_id).first()
    if court is None or court.site_id != settings.XIEZHI_SITE:
        raise CourtNotHere(court=message.court_id)
    try:
        payload = kind.payload.model_validate(message.payload)
    except ValidationError as errors:
        raise PayloadInvalid(count=errors.error_count()) from None
    return kind, kind.case(payload) if kind.case else None


def _keep_materials(
    intake: Intake, message: ApplicationSubmitted, arrived: Mapping[UUID, Arrived], *, at: datetime
) -> None:
    rows = []
    for position, material in enumerate(message.materials, 1):
        found = arrived.get(material.blob_id, ON_ITS_WAY)
        row = IntakeMaterial(
            court_id=intake.court_id,
            intake=intake,
            position=position,
            source_blob_id=material.blob_id,
            blob_id=found.blob_id,
            arrived_at=at if found.blob_id else None,
            fault=found.fault,
            **material.model_dump(exclude={"blob_id"}),
        )
        rows.append(row)
    IntakeMaterial.objects.bulk_create(rows)


def _open_work(intake: Intake, *, basis: str, at: datetime) -> None:
    WorkItem.objects.create(
        court_id=intake.court_id,
        desk=Desk.FILING,
        kind=REVIEW,
        subject_id=intake.pk,
        due_on=intake.review_due_on,
        basis=basis,
        opened_at=at,
    )


def _answer(intake: Intake, *, actor: Actor, at: datetime) -> None:
    post(
        to=intake.source_site,
        message=ApplicationReceived(
            application_id=intake.application_id,
            received_at=at,
            review_due_on=intake.review_due_on,
        ),
        conversation=conversation_of_application(intake.application_id),
        act_at=at,
        actor=actor,
    )
