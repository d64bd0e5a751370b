"""Send attachments: stream each blob, sealed to the peer, into the bulk lane."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction

from xiezhi.exchange import blobs
from xiezhi.exchange.actions._move import mark_attachment
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.bulk import BulkDraft, write_bulk
from xiezhi.exchange.models import OutboxAttachment, Peer
from xiezhi.exchange.states import AttachmentState
from xiezhi.exchange.transports import Transport
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.ids import uuid7

log = structlog.get_logger(__name__)


@transaction.atomic
def send_attachment(
    *, peer: str, transport: Transport, trust: SiteTrust, at: datetime, actor: Actor
) -> bool:
    """Send the oldest attachment that waits for ``peer``; tell whether there was one.

    The bulk file bears the attachment's id, so a repetition replaces what is under way. A crash
    before the row is marked sends it twice; the peer stores it once.
    """
    row = (
        OutboxAttachment.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(dst=peer, state=AttachmentState.PENDING)
        .order_by("attempts", "id")
        .first()
    )
    if row is None:
        return False
    try:
        _stream(row, transport=transport, trust=trust, at=at, actor=actor)
    except Refusal as refusal:
        # It waits behind the others: one damaged file stops no other.
        log.error("attachment cannot be read", blob=str(row.blob_id), code=refusal.code)  # noqa: TRY400
        mark_attachment(row, AttachmentState.PENDING, attempts=row.attempts + 1)
        return False
    point(At.BULK_AFTER_SPOOL)
    mark_attachment(row, AttachmentState.SENT, sent_at=at, attempts=row.attempts + 1)
    return True


def _stream(
    row: OutboxAttachment, *, transport: Transport, trust: SiteTrust, at: datetime, actor: Actor
) -> None:
    keys = trust.sending(row.dst, at)
    epoch = Peer.objects.filter(site=row.dst).values_list("epoch_out", flat=True).first() or 1
    content = blobs.content_of(actor, row.blob_id)
    draft = BulkDraft(
        id=uuid7(),
        src=settings.XIEZHI_SITE,
        dst=row.dst,
        epoch=epoch,
        created_at=at,
        attachment=row.blob_id,
        size=content.size,
        label=content.label,
    )
    with content.stream as source:
        transport.put_bulk(row.dst, row.id.hex, lambda sink: write_bulk(draft, source, sink, keys))
