"""Take up the review of an application (开始审查)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.casework.actions._move import locked_intake, move_intake, move_work
from xiezhi.casework.actions.receive_application import REVIEW
from xiezhi.casework.models import Intake
from xiezhi.contracts.messages import ApplicationUnderReview, conversation_of_application
from xiezhi.exchange.actions.post import post
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.live.publish import publish, unit_topic


@transaction.atomic
def take_up(*, intake_id: UUID, actor: Actor, at: datetime) -> Intake:
    """Open the review: the officer takes the work item, the participant learns of it.

    Basis: 登记立案规定第二条. Refuses: ``Forbidden``, ``NotFound``, ``MoveRefused`` when somebody
    was quicker, ``AlreadyDecided``.
    """
    intake = locked_intake(intake_id)
    move_intake(intake, "take_up", actor=actor, at=at)
    move_work(
        court_id=intake.court_id,
        kind=REVIEW,
        subject_id=intake.pk,
        name="claim",
        actor=actor,
        claimed_by=actor.post_id,
        claimed_at=at,
    )
    post(
        to=intake.source_site,
        message=ApplicationUnderReview(application_id=intake.application_id, at=at),
        conversation=conversation_of_application(intake.application_id),
        act_at=at,
        actor=actor,
    )
    publish(unit_topic(intake.court_id), "intake.taken_up", intake.pk)
    return intake
