"""Take over what the court said about an application; late or repeated news changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.contracts.application import ApplicationState as State
from xiezhi.contracts.messages import (
    ApplicationAccepted,
    ApplicationReceived,
    ApplicationRejected,
    ApplicationUnderReview,
)
from xiezhi.foundation.actors import Actor
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions._move import move
from xiezhi.service.desk.models import Application, Participation


@transaction.atomic
def take_receipt(*, message: ApplicationReceived, actor: Actor, at: datetime) -> Application:
    """Note when the court received it and until when it must decide.

    Idempotence: a second one, or one that arrives after the decision, only fills what is empty.
    """
    application = queries.application_for_change(message.application_id, actor=actor)
    dates = {"received_at": message.received_at, "review_due_on": message.review_due_on}
    if application.state == State.SUBMITTED:
        facts = {"review_due_on": message.review_due_on}
        move(
            application,
            "receive",
            actor=actor,
            at=message.received_at,
            recorded_at=at,
            facts=facts,
            **dates,
        )
    elif application.received_at is None:
        Application.objects.filter(pk=application.pk).update(**dates)
        application.refresh_from_db()
    return application


@transaction.atomic
def take_review(*, message: ApplicationUnderReview, actor: Actor, at: datetime) -> Application:
    """Note that a judge has taken it up.

    Idempotence: only the first time, and only before a decision.
    """
    application = queries.application_for_change(message.application_id, actor=actor)
    if application.state == State.RECEIVED:
        move(
            application,
            "review",
            actor=actor,
            at=message.at,
            recorded_at=at,
            review_started_at=message.at,
        )
    return application


@transaction.atomic
def take_acceptance(*, message: ApplicationAccepted, actor: Actor, at: datetime) -> Application:
    """Note the case and bind the applicant's participations to the account.

    Basis: 民事诉讼法第一百二十六条. Refuses: ``MoveRefused`` when another decision stands.
    Idempotence: the same acceptance again changes nothing.
    """
    application = queries.application_for_change(message.application_id, actor=actor)
    if application.state == State.ACCEPTED and application.case_id == message.case_id:
        return application
    move(
        application,
        "accept",
        actor=actor,
        at=message.decided_at,
        recorded_at=at,
        facts={"case_id": message.case_id, "filing_date": message.filing_date},
        case_id=message.case_id,
        case_number=message.case_number,
        cause=message.cause,
        filing_date=message.filing_date,
        decided_at=message.decided_at,
    )
    for minted in message.participations:
        Participation.objects.get_or_create(
            id=minted.participation_id,
            defaults={
                "owner_id": application.owner_id,
                "application_id": application.pk,
                "case_id": message.case_id,
                "case_number": message.case_number,
                "role": minted.role,
                "party_name": minted.party_name,
                "bound_at": at,
            },
        )
    return application


@transaction.atomic
def take_rejection(*, message: ApplicationRejected, actor: Actor, at: datetime) -> Application:
    """Note the refusal with its reason and article.

    Basis: 民事诉讼法第一百二十六条. Refuses: ``MoveRefused`` when another decision stands.
    Idempotence: the same refusal again changes nothing.
    """
    application = queries.application_for_change(message.application_id, actor=actor)
    if application.state == State.REJECTED and application.decided_at == message.decided_at:
        return application
    move(
        application,
        "reject",
        actor=actor,
        at=message.decided_at,
        recorded_at=at,
        decided_at=message.decided_at,
        reason=message.reason,
        basis=message.basis,
    )
    return application
