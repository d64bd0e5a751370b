"""Disclose something to a participation: the outlet (告知) of the court's core."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.casework.actions._record import record
from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import Case, Disclosure, Document, Participation
from xiezhi.casework.permissions import May
from xiezhi.contracts.messages import (
    DisclosurePublished,
    Material,
    conversation_of_disclosures,
)
from xiezhi.exchange.actions.post import post
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require

NODE = "case.node"
DOCUMENT = "case.document"


@transaction.atomic
def disclose(
    *,
    case: Case,
    participation: Participation,
    kind: str,
    title: str,
    actor: Actor,
    at: datetime,
    body: str = "",
    document: Document | None = None,
    after: Sequence[UUID] = (),
) -> Disclosure:
    """Tell a participation something; while nobody has claimed it, the disclosure waits.

    Basis: 人民法院通过互联网公开审判流程信息的规定第一条。``after`` names messages of another
    conversation that must be applied first. The caller holds the row lock of the case.
    Refuses: ``Forbidden``.
    """
    require(GRANTS, May.KEEP_FILE, actor, case)
    disclosure = Disclosure.objects.create(
        court_id=case.court_id,
        case=case,
        participation=participation,
        kind=kind,
        title=title,
        body=body,
        document=document,
        published_at=at,
    )
    record(
        case,
        "case.disclosed",
        actor=actor,
        at=at,
        document_id=document.pk if document else None,
        facts={"disclosure": str(disclosure.pk), "participation": str(participation.pk)},
    )
    if participation.account_ref is not None:
        _post(disclosure, actor=actor, at=at, after=after)
    return disclosure


@transaction.atomic
def release_waiting(*, participation_id: UUID, actor: Actor, at: datetime) -> int:
    """Post what waited for a participation that somebody has now claimed; return how many.

    Idempotent: what has left is not sent again. Refuses: ``NotFound``; ``Forbidden``.
    """
    found = Participation.objects.select_for_update(no_key=True).filter(pk=participation_id).first()
    if found is None or found.account_ref is None:
        raise NotFound
    require(GRANTS, May.KEEP_FILE, actor, found)
    rows = found.disclosures.filter(message_id__isnull=True).order_by("id")
    waiting = list(rows.select_related("document", "participation", "case__intake"))
    for disclosure in waiting:
        _post(disclosure, actor=actor, at=at, after=())
    return len(waiting)


def _post(disclosure: Disclosure, *, actor: Actor, at: datetime, after: Sequence[UUID]) -> None:
    material = _material(disclosure.document) if disclosure.document else None
    intake = getattr(disclosure.case, "intake", None)
    disclosure.message_id = post(
        to=disclosure.participation.site_id,
        message=DisclosurePublished(
            disclosure_id=disclosure.pk,
            participation_id=disclosure.participation.pk,
            application_id=intake.application_id if intake else None,
            case_id=disclosure.case.pk,
            kind=disclosure.kind,
            title=disclosure.title,
            body=disclosure.body,
            published_at=disclosure.published_at,
            document=material,
        ),
        conversation=conversation_of_disclosures(disclosure.participation.pk),
        after=after,
        act_at=disclosure.published_at,
        attachments=(material.blob_id,) if material else (),
        actor=actor,
    )
    disclosure.posted_at = at
    disclosure.save(update_fields=["message_id", "posted_at"])


def _material(document: Document) -> Material:
    if document.blob_id is None:
        msg = f"document {document.pk} has no content to disclose"
        raise ValueError(msg)
    return Material(
        blob_id=document.blob_id,
        category=document.category,
        name=document.name,
        media_type=document.media_type,
        size=document.size,
        pages=document.pages,
        digest=document.digest,
    )
