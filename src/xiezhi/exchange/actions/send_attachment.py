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
from xiezhi.foundation.ids import uuid7

log = structlog.get_logger(__name__)


@transaction.atomic
def send_attachment(*, peer: str, transport: Transport, trust: SiteTrust, at: datetime) -> bool:
    """Send the oldest attachment that waits for ``peer``; tell whether there was one.

    The bulk file bears the attachment's id, so a repetition replaces what is under way. A crash
    before the row is marked sends it twice; the peer stores it once.
    """
    row = (
        OutboxAttachment.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(dst=peer, state=AttachmentState.PENDING)
        .order_by("id")
        .first()
    )
    if row is None:
        return False
    content = blobs.content_of(row.blob_id)
    keys = trust.sending(peer, at)
    epoch = Peer.objects.filter(site=peer).values_list("epoch_out", flat=True).first() or 1
    draft = BulkDraft(
        id=uuid7(),
        src=settings.XIEZHI_SITE,
        dst=peer,
        epoch=epoch,
        created_at=at,
        attachment=row.blob_id,
        size=content.size,
        label=content.label,
    )
    with content.open() as source:
        transport.put_bulk(peer, row.id.hex, lambda sink: write_bulk(draft, source, sink, keys))
    point(At.BULK_AFTER_SPOOL)
    mark_attachment(row, AttachmentState.SENT, sent_at=at, attempts=row.attempts + 1)
    return True
