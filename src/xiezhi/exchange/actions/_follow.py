"""Tell apps of attachments that came after the message that named them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import structlog
from django.db import OperationalError, transaction

from xiezhi.contracts.versions import upcast
from xiezhi.exchange.actions._gates import described
from xiezhi.exchange.envelope.check import reopen
from xiezhi.exchange.handlers import AttachmentNews, ReceivedAttachment, tell_attachment
from xiezhi.exchange.models import AwaitedAttachment, InboxAttachment, InboxMessage
from xiezhi.exchange.trust import SiteTrust

log = structlog.get_logger(__name__)


def await_arriving(row: InboxMessage, attachments: Iterable[ReceivedAttachment]) -> None:
    """Remember which attachments a message is applied without."""
    AwaitedAttachment.objects.bulk_create(
        [
            AwaitedAttachment(src=row.src, attachment_id=each.id, message_id=row.id)
            for each in attachments
            if each.arriving
        ],
        ignore_conflicts=True,
    )


def tell_awaiting(*, src: str, attachment_id: UUID, trust: SiteTrust, at: datetime) -> int:
    """Tell the app of every message that was applied without this attachment; return how many.

    An app that fails is undone and logged, and is told again by the sweep; the attachment is
    settled all the same. The caller holds the transaction.
    """
    attachment = InboxAttachment.objects.get(src=src, attachment_id=attachment_id)
    waiting = AwaitedAttachment.objects.select_for_update(skip_locked=True).filter(
        src=src, attachment_id=attachment_id
    )
    told = 0
    for each in waiting.order_by("message_id"):
        try:
            with transaction.atomic():
                tell_attachment(_news(each.message_id, attachment, trust, at))
                each.delete()
        except OperationalError:
            raise
        except Exception:
            log.exception("nobody could be told of an attachment", message=str(each.message_id))
        else:
            told += 1
    return told


def _news(
    message_id: UUID, attachment: InboxAttachment, trust: SiteTrust, at: datetime
) -> AttachmentNews:
    row = InboxMessage.objects.get(pk=message_id)
    checked = reopen(bytes(row.envelope), trust=trust)
    return AttachmentNews(
        message_id=row.id,
        src=row.src,
        conversation=row.conversation,
        message=upcast(row.type, row.version, json.loads(checked.body)),
        attachment=described(attachment, checked),
        settled_at=at,
    )
