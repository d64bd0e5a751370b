"""Send messages again that a peer had settled and has forgotten since."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._move import move_out_all
from xiezhi.exchange.actions.repeat_parts import send_again
from xiezhi.exchange.models import OutboxAttachment, OutboxMessage
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import AttachmentState
from xiezhi.foundation.actors import Actor


@transaction.atomic
def reopen_messages(rows: Sequence[OutboxMessage], *, actor: Actor) -> None:
    """Have settled messages sent again, envelope and attachments, until they are settled anew.

    The body has gone with the first receipt: the envelope goes as it was sealed, and the receiver
    kept its old keys. Whoever has it already knows it by its id.
    """
    move_out_all(rows, "repeat", actor=actor, outcome="", reason="", due_at=None, attempts=0)
    named = [UUID(each["id"]) for row in rows for each in row.attachments]
    attachments = OutboxAttachment.objects.select_for_update(no_key=True).filter(
        dst__in={row.dst for row in rows}, blob_id__in=named
    )
    for attachment in attachments.exclude(state=AttachmentState.PENDING).order_by("pk"):
        send_again(attachment, here=[], actor=actor)
    wake_relay()
