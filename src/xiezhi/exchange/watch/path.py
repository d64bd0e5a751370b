"""The path of one message, from the act to the peer's receipt, without any of its content."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import (
    InboxAttachment,
    InboxConversation,
    InboxMessage,
    Intervention,
    OutboxAttachment,
    OutboxMessage,
    Quarantined,
    Receipt,
)
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require, visible


@dataclass(frozen=True, slots=True)
class AttachmentOnTheWay:
    """One attachment of a message, as far as this site knows."""

    id: UUID
    size: int
    media_type: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MessagePath:
    """One message of ours or of a peer, and what belongs to it.

    ``next_position`` is where the conversation of a peer's message stands: positions before it
    are settled, and the message at it, or its absence, blocks those after it.
    """

    message: OutboxMessage | InboxMessage
    outward: bool
    peer: str
    receipt: Receipt | None = None
    next_position: int | None = None
    attachments: list[AttachmentOnTheWay] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    interventions: list[Intervention] = field(default_factory=list)


def message_path(actor: Actor, message_id: UUID) -> MessagePath:
    """Find a message, ours first. Refuses: ``NotFound``, ``Forbidden`` unless an operator."""
    ours = OutboxMessage.objects.filter(pk=message_id).defer("body", "envelope").first()
    if ours is not None:
        require(GRANTS, May.WATCH, actor, ours)
        return _outward(actor, ours)
    theirs = InboxMessage.objects.filter(visible(GRANTS, May.WATCH, actor), pk=message_id)
    found = theirs.defer("envelope").first()
    if found is None:
        require(GRANTS, May.WATCH, actor, InboxMessage())
        raise NotFound
    return _inward(actor, found)


def _outward(actor: Actor, message: OutboxMessage) -> MessagePath:
    return MessagePath(
        message=message,
        outward=True,
        peer=message.dst,
        receipt=_receipt(message),
        attachments=_sent(message),
        interventions=interventions_on(actor, message.pk),
    )


def _receipt(message: OutboxMessage) -> Receipt | None:
    if message.receipt_id is None:
        return None
    return Receipt.objects.filter(pk=message.receipt_id).defer("envelope").first()


def _inward(actor: Actor, message: InboxMessage) -> MessagePath:
    place = InboxConversation.objects.filter(src=message.src, conversation=message.conversation)
    failed = Quarantined.objects.filter(
        visible(GRANTS, May.WATCH, actor), claimed_id=message.pk, cleared_at__isnull=True
    )
    return MessagePath(
        message=message,
        outward=False,
        peer=message.src,
        next_position=place.values_list("next_position", flat=True).first(),
        attachments=_awaited(message),
        quarantined=list(failed.defer("sample").order_by("-id")[:10]),
        interventions=interventions_on(actor, message.pk),
    )


def _sent(message: OutboxMessage) -> list[AttachmentOnTheWay]:
    named = [UUID(each["id"]) for each in message.attachments]
    if not named:
        return []
    states = {
        row.blob_id: row.get_state_display()
        for row in OutboxAttachment.objects.filter(dst=message.dst, blob_id__in=named)
    }
    return [
        AttachmentOnTheWay(
            UUID(each["id"]),
            each["size"],
            each["media_type"],
            states.get(UUID(each["id"]), "未知"),
        )
        for each in message.attachments
    ]


def _awaited(message: InboxMessage) -> list[AttachmentOnTheWay]:
    """List what is here of the attachment a held message waits for; others lie in its effect."""
    if message.waiting_for is None:
        return []
    rows = InboxAttachment.objects.filter(src=message.src, attachment_id=message.waiting_for)
    return [
        AttachmentOnTheWay(
            row.attachment_id, row.size, row.media_type, row.get_state_display(), row.reason
        )
        for row in rows
    ]


def interventions_on(actor: Actor, subject_id: UUID) -> list[Intervention]:
    """List what operators did about one message, newest first."""
    rows = Intervention.objects.filter(visible(GRANTS, May.WATCH, actor), subject_id=subject_id)
    return list(rows.order_by("-id")[:20])


def quarantined_envelope(actor: Actor, quarantined_id: UUID) -> Quarantined:
    """Find a quarantined envelope. Refuses: ``NotFound``."""
    rows = Quarantined.objects.filter(visible(GRANTS, May.WATCH, actor), pk=quarantined_id)
    found = rows.defer("sample").first()
    if found is None:
        raise NotFound
    return found
