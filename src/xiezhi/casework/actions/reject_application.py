"""Refuse an application (不予受理), with its reason and its article."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.casework.actions._move import check_move, locked_intake, move_intake, move_work
from xiezhi.casework.actions.receive_application import REVIEW
from xiezhi.casework.errors import ReasonMissing
from xiezhi.casework.grounds import ground
from xiezhi.casework.models import Intake
from xiezhi.contracts.messages import ApplicationRejected, conversation_of_application
from xiezhi.exchange.actions.post import post
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.live.publish import publish, unit_topic


@transaction.atomic
def reject_application(
    *, intake_id: UUID, ground_code: str, reason: str, actor: Actor, at: datetime
) -> Intake:
    """Refuse the application on one of the grounds of the law; the participant is told both.

    Basis: 民事诉讼法第一百二十六条. Refuses: ``ReasonMissing`` without a known ground or a reason;
    ``Forbidden``, ``NotFound``, ``MoveRefused``, ``AlreadyDecided``.
    """
    intake = locked_intake(intake_id)
    check_move(intake, "reject", actor=actor)
    chosen, reason = ground(ground_code), reason.strip()
    if chosen is None or not reason:
        raise ReasonMissing
    move_intake(
        intake,
        "reject",
        actor=actor,
        at=at,
        basis=chosen.basis,
        facts={"ground": chosen.code},
        decided_at=at,
        decided_by=actor.post_id,
        decision_basis=chosen.basis,
        decision_reason=f"{chosen.label}。{reason}",
    )
    move_work(
        court_id=intake.court_id,
        kind=REVIEW,
        subject_id=intake.pk,
        name="close",
        actor=actor,
        closed_at=at,
    )
    post(
        to=intake.source_site,
        message=ApplicationRejected(
            application_id=intake.application_id,
            decided_at=at,
            reason=intake.decision_reason,
            basis=chosen.basis,
        ),
        conversation=conversation_of_application(intake.application_id),
        act_at=at,
        actor=actor,
    )
    publish(unit_topic(intake.court_id), "intake.rejected", intake.pk)
    return intake
