"""What a message must wait for: its place, what it depends on, its attachments."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from xiezhi.exchange.envelope.check import CheckedMessage
from xiezhi.exchange.envelope.container import decode
from xiezhi.exchange.envelope.header import MessageHeader
from xiezhi.exchange.envelope.kinds import parse
from xiezhi.exchange.handlers import ReceivedAttachment
from xiezhi.exchange.models import InboxAttachment, InboxMessage, OutboxMessage
from xiezhi.exchange.recovery import concerns_the_exchange, recovering
from xiezhi.exchange.states import AttachmentState, Hold, InboxState

DIGEST_DIFFERS = "exchange.attachment-digest"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why a message is held, and the one id it waits for, where there is one."""

    hold: Hold
    for_id: UUID | None = None


def unmet(row: InboxMessage, next_position: int) -> Waiting | None:
    """Return what ``row`` waits for first, or nothing."""
    if row.position != next_position:
        return Waiting(Hold.POSITION if row.position < next_position else Hold.PREDECESSOR)
    if not concerns_the_exchange(row.type) and recovering():
        return Waiting(Hold.RECOVERY)
    dependency = _unsettled(row.after)
    if dependency is not None:
        return Waiting(Hold.DEPENDENCY, dependency)
    missing = _missing(row)
    return Waiting(Hold.ATTACHMENT, missing) if missing else None


def _unsettled(after: list[UUID]) -> UUID | None:
    """Find the first id that is neither settled here nor a message of our own."""
    if not after:
        return None
    settled = {InboxState.APPLIED, InboxState.REFUSED}
    known = set(
        InboxMessage.objects.filter(pk__in=after, state__in=settled).values_list("pk", flat=True)
    )
    known |= set(OutboxMessage.objects.filter(pk__in=after).values_list("pk", flat=True))
    return next((each for each in after if each not in known), None)


def _named(row: InboxMessage) -> list[UUID]:
    header = parse(decode(bytes(row.envelope)).header)
    return [each.id for each in header.attachments] if isinstance(header, MessageHeader) else []


def _missing(row: InboxMessage) -> UUID | None:
    named = _named(row)
    if not named:
        return None
    here = set(
        InboxAttachment.objects.filter(src=row.src, attachment_id__in=named).values_list(
            "attachment_id", flat=True
        )
    )
    return next((each for each in named if each not in here), None)


def attachments_of(row: InboxMessage, checked: CheckedMessage) -> tuple[ReceivedAttachment, ...]:
    """Describe the attachments as they stand here.

    One that was rejected, or whose content is not what the message promised, has no blob: the
    act counts all the same.
    """
    named = [each.id for each in checked.header.attachments]
    rows = InboxAttachment.objects.filter(src=row.src, attachment_id__in=named) if named else []
    here = {each.attachment_id: each for each in rows}
    return tuple(_described(here[each], checked) for each in named)


def _described(attachment: InboxAttachment, checked: CheckedMessage) -> ReceivedAttachment:
    digest = bytes.fromhex(attachment.digest)
    stored = attachment.state == AttachmentState.STORED
    same = checked.attachment_matches(attachment.attachment_id, digest)
    return ReceivedAttachment(
        id=attachment.attachment_id,
        blob_id=attachment.blob_id if stored and same else None,
        size=attachment.size,
        media_type=attachment.media_type,
        pages=attachment.pages,
        reason=attachment.reason if not stored else ("" if same else DIGEST_DIFFERS),
    )
