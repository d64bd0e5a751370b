"""Take a disclosure of the court to the person it is addressed to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.contracts.messages import DisclosurePublished
from xiezhi.foundation.actors import Actor
from xiezhi.service.desk.actions._move import record
from xiezhi.service.desk.models import Application, Disclosure, Participation


class AddresseeUnknown(Exception):  # the exchange holds what it cannot apply yet
    """Nobody here bears this participation or this application yet; the message is to wait."""


@transaction.atomic
def take_disclosure(
    *, message: DisclosurePublished, blob_id: UUID | None, actor: Actor, at: datetime
) -> Disclosure:
    """Keep what was disclosed, with its document, for its addressee.

    Raises :class:`AddresseeUnknown`, so that the exchange holds it until the acceptance that
    binds the participation has come. Idempotence: the court's id makes a second arrival a no-op.
    """
    known = Disclosure.objects.filter(pk=message.disclosure_id).first()
    if known is not None:
        return known
    application = _application(message)
    document = message.document
    disclosure = Disclosure(
        id=message.disclosure_id,
        owner_id=application.owner_id,
        application_id=application.pk,
        participation_id=message.participation_id,
        case_id=message.case_id,
        kind=message.kind,
        title=message.title,
        body=message.body,
        published_at=message.published_at,
        arrived_at=at,
    )
    if document is not None:
        disclosure.blob_id = blob_id
        disclosure.document_name = document.name
        disclosure.media_type = document.media_type
        disclosure.size = document.size
        disclosure.pages = document.pages
        disclosure.digest = document.digest
    disclosure.save(force_insert=True)
    facts = {"disclosure_id": disclosure.pk, "blob_id": blob_id or ""}
    record(
        application,
        "disclosure.arrived",
        actor=actor,
        at=message.published_at,
        recorded_at=at,
        facts=facts,
    )
    return disclosure


def _application(message: DisclosurePublished) -> Application:
    """Find the application the disclosure belongs to, with its row locked."""
    application_id = message.application_id
    if application_id is None and message.participation_id is not None:
        place = Participation.objects.filter(pk=message.participation_id).first()
        application_id = place.application_id if place else None
    rows = Application.objects.select_for_update(no_key=True)
    found = rows.filter(pk=application_id).first() if application_id else None
    if found is None:
        raise AddresseeUnknown(str(message.disclosure_id))
    return found
