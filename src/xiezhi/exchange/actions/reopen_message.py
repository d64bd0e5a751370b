"""Send messages again that a peer had settled and has forgotten since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._move import mark_attachment, move_out_all
from xiezhi.exchange.models import OutboxAttachment, OutboxMessage
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import AttachmentState
from xiezhi.foundation.actors import Actor


@transaction.atomic
def reopen_messages(rows: Sequence[OutboxMessage], *, at: datetime, actor: Actor) -> None:
    """Have settled messages sent again, envelope and attachments, until they are settled anew.

    The body has gone with the first receipt: the envelope goes as it was sealed, and the receiver
    kept its old keys. Whoever has it already knows it by its id.
    """
    move_out_all(rows, "repeat", actor=actor, outcome="", reason="", due_at=at, attempts=0)
    named = [UUID(each["id"]) for row in rows for each in row.attachments]
    for attachment in OutboxAttachment.objects.select_for_update(no_key=True).filter(
        dst__in={row.dst for row in rows}, blob_id__in=named, state=AttachmentState.SENT
    ):
        mark_attachment(attachment, AttachmentState.PENDING)
    wake_relay()
