"""Put a submission back that a restore of this site made it forget."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.contracts import kinds
from xiezhi.contracts.messages import ApplicationSubmitted
from xiezhi.foundation.actors import Actor
from xiezhi.identity.people.queries import knows_account
from xiezhi.service.desk.actions._move import move
from xiezhi.service.desk.actions.submit import title_of
from xiezhi.service.desk.models import Application, Material
from xiezhi.service.desk.receipts import submission_digest


@transaction.atomic
def restore_submission(
    *, message: ApplicationSubmitted, message_id: UUID, actor: Actor, at: datetime
) -> bool:
    """Let the application stand again as it was submitted; tell whether nothing of it is missing.

    Basis: 人民法院在线运行规则第四十条. The court returned the message with this site's own
    signature on it, so time, receipt number and digest are those of the day. The owner's draft, if
    the restore left one, becomes what was submitted. Without the owner's account nothing is put
    back; files that this site no longer has stay at the court, and a person has to look.
    Idempotent.
    """
    owner = Actor.person(message.applicant.account_ref, purpose=actor.purpose)
    if not knows_account(message.applicant.account_ref, actor=actor):
        return False
    known = Application.objects.select_for_update(no_key=True).filter(pk=message.application_id)
    application = known.first() or _begun(message)
    if not application.receipt_number:
        _submit(application, message, message_id, owner=owner, at=at)
    here = Material.objects.filter(application_id=application.pk).values_list("blob_id", flat=True)
    return {each.blob_id for each in message.materials} <= set(here)


def _begun(message: ApplicationSubmitted) -> Application:
    return Application.objects.create(
        id=message.application_id,
        owner_id=message.applicant.account_ref,
        kind=message.kind,
        kind_version=message.kind_version,
        court_id=message.court_id,
        title=kinds.get(message.kind).name,
        payload=message.payload,
        started_at=message.submitted_at,
        changed_at=message.submitted_at,
    )


def _submit(
    application: Application,
    message: ApplicationSubmitted,
    message_id: UUID,
    *,
    owner: Actor,
    at: datetime,
) -> None:
    kind, digest = kinds.get(message.kind), submission_digest(message)
    facts = {"receipt_number": message.receipt_number, "digest": digest, "message_id": message_id}
    move(
        application,
        "submit",
        actor=owner,
        at=message.submitted_at,
        recorded_at=at,
        facts=facts,
        receipt_number=message.receipt_number,
        submitted_at=message.submitted_at,
        consented_at=message.submitted_at,
        message_id=message_id,
        digest=digest,
        kind_version=message.kind_version,
        title=title_of(kind, kind.payload.model_validate(message.payload)),
        payload=message.payload,
    )
