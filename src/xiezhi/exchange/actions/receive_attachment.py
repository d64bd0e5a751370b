"""Receive one attachment from the bulk lane: check, inspect, store, and let its messages go on."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from xiezhi.exchange import blobs
from xiezhi.exchange.actions.quarantine import quarantine
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.bulk import OpenedBulk, open_bulk
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.models import InboxAttachment
from xiezhi.exchange.states import AttachmentState, QuarantineReason
from xiezhi.exchange.trust import SiteTrust
from xiezhi.files.inspection.refusals import FileRefused
from xiezhi.files.models import Blob
from xiezhi.foundation.actors import Actor
from xiezhi.security.algorithms import BadSeal

log = structlog.get_logger(__name__)


@transaction.atomic
def receive_attachment(
    *, source: BinaryIO, src: str, size: int, trust: SiteTrust, at: datetime, actor: Actor
) -> UUID | None:
    """Take in one bulk file; return the attachment's id if it is now here.

    Idempotence: an attachment that is here already is not stored again. One that its inspection
    refuses is recorded as rejected: it rejects no act. Constant memory for any size.
    """
    try:
        opened = open_bulk(source, own_site=settings.XIEZHI_SITE, trust=trust)
        if opened.header.src != src:
            _quarantine(src, QuarantineReason.TRAY, size, at)
            return None
        return _store(opened, at=at, actor=actor)
    except EnvelopeRejected as rejected:
        _quarantine(src, QuarantineReason(rejected.fault.value), size, at)
    except BadSeal:
        _quarantine(src, QuarantineReason.CANNOT_OPEN, size, at)
    return None


def _store(opened: OpenedBulk, *, at: datetime, actor: Actor) -> UUID:
    header, label = opened.header, opened.label
    known = InboxAttachment.objects.filter(src=header.src, attachment_id=header.attachment)
    if known.exists():
        return header.attachment
    blob, reason = _kept(opened, at=at, actor=actor)
    InboxAttachment.objects.create(
        src=header.src,
        attachment_id=header.attachment,
        blob_id=blob.id if blob else None,
        digest=blob.digest if blob else "",
        size=header.size,
        media_type=label.media_type,
        pages=label.pages,
        state=AttachmentState.STORED if blob else AttachmentState.REJECTED,
        reason=reason,
        received_at=at,
    )
    point(At.BULK_BEFORE_COMMIT)
    return header.attachment


def _kept(opened: OpenedBulk, *, at: datetime, actor: Actor) -> tuple[Blob | None, str]:
    """Store the content, or say under which code its inspection refused it."""
    try:
        with transaction.atomic():
            return blobs.store(opened.content, opened.label, at=at, actor=actor), ""
    except FileRefused as refusal:
        log.warning("attachment rejected", attachment=str(opened.header.attachment))
        return None, refusal.code[:96]


def _quarantine(src: str, reason: QuarantineReason, size: int, at: datetime) -> None:
    quarantine(src=src, reason=reason, data=b"", header=None, header_bytes=b"", at=at, size=size)
