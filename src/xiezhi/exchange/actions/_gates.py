"""What a message must wait for: its place, what it depends on, its attachments."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from xiezhi.contracts.messages import REGISTRY
from xiezhi.exchange.actions._arrivals import LockedConversation
from xiezhi.exchange.envelope.check import CheckedMessage
from xiezhi.exchange.envelope.container import decode
from xiezhi.exchange.envelope.header import AttachmentRef, MessageHeader
from xiezhi.exchange.envelope.kinds import parse
from xiezhi.exchange.handlers import ARRIVING, ReceivedAttachment
from xiezhi.exchange.models import InboxAttachment, InboxMessage, OutboxMessage
from xiezhi.exchange.recovery import concerns_the_exchange
from xiezhi.exchange.states import AttachmentState, Hold, InboxState

DIGEST_DIFFERS = "exchange.attachment-digest"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why a message is held, and the one id it waits for, where there is one."""

    hold: Hold
    for_id: UUID | None = None


def unmet(row: InboxMessage, place: LockedConversation) -> Waiting | None:
    """Return what ``row`` waits for first, or nothing."""
    if row.position != place.next_position:
        behind = row.position < place.next_position
        return Waiting(Hold.POSITION if behind else Hold.PREDECESSOR)
    if place.recovering and not concerns_the_exchange(row.type):
        return Waiting(Hold.RECOVERY)
    dependency = _unsettled(row.after)
    if dependency is not None:
        return Waiting(Hold.DEPENDENCY, dependency)
    missing = _missing(row) if _waits(row) else None
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


def _waits(row: InboxMessage) -> bool:
    """Tell whether the act is held until its attachments are here."""
    kind = REGISTRY.get((row.type, row.version))
    return kind is None or kind.WAITS_FOR_ATTACHMENTS


def attachments_of(row: InboxMessage, checked: CheckedMessage) -> tuple[ReceivedAttachment, ...]:
    """Describe the attachments as they stand here.

    One that is arriving, was rejected, or whose content is not what the message promised, has no
    blob: the act counts all the same.
    """
    named = checked.header.attachments
    ids = [each.id for each in named]
    rows = InboxAttachment.objects.filter(src=row.src, attachment_id__in=ids) if ids else []
    here = {each.attachment_id: each for each in rows}
    return tuple(
        described(here[each.id], checked) if each.id in here else _arriving(each) for each in named
    )


def _arriving(named: AttachmentRef) -> ReceivedAttachment:
    return ReceivedAttachment(
        id=named.id,
        blob_id=None,
        size=named.size,
        media_type=named.media_type,
        pages=named.pages,
        reason=ARRIVING,
    )


def described(attachment: InboxAttachment, checked: CheckedMessage) -> ReceivedAttachment:
    """Describe one attachment that is settled, as ``checked`` names it."""
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
