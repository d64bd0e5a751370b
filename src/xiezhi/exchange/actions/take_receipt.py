"""Take a receipt: the peer's signed word on a message of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from xiezhi.exchange.actions._move import move_out, move_out_all
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.header import Outcome, ReceiptEntry, ReceiptHeader
from xiezhi.exchange.handlers import Delivered, tell
from xiezhi.exchange.limits import ask_again_after, seal_anew_after
from xiezhi.exchange.models import OutboxAttachment, OutboxMessage, Receipt
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import AttachmentState, Hold, OutboxState
from xiezhi.foundation.actors import Actor

FINAL = frozenset({Outcome.APPLIED, Outcome.REFUSED})

log = structlog.get_logger(__name__)


@transaction.atomic
def take_receipt(*, header: ReceiptHeader, data: bytes, at: datetime, actor: Actor) -> None:
    """Record a checked receipt and move the messages it names.

    A final outcome is never taken back by an older receipt that comes later. A word about a
    header we never sealed is recorded and changes nothing. Idempotent by the receipt's id; rows
    are locked in the order of their ids.
    """
    if Receipt.objects.filter(pk=header.id).exists():
        return
    Receipt.objects.create(
        id=header.id,
        src=header.src,
        message_ids=[each.message for each in header.entries],
        taken_at=at,
        envelope=data,
    )
    named = (
        OutboxMessage.objects.select_for_update(no_key=True)
        .filter(pk__in=[each.message for each in header.entries], dst=header.src)
        .order_by("pk")
        .defer("envelope", "body")
    )
    rows = {row.pk: row for row in named}
    groups: dict[tuple[Outcome, str, datetime], list[OutboxMessage]] = {}
    for entry in header.entries:
        row = rows.get(entry.message)
        if row is None or entry.header_digest not in row.header_digests:
            log.error("receipt about nothing we sent", peer=header.src, message=str(entry.message))
        elif row.outcome not in FINAL and not _overtaken(row, entry):
            groups.setdefault((entry.outcome, entry.reason, entry.received_at), []).append(row)
            if entry.outcome is Outcome.QUARANTINED:
                _quarantined(row, entry, at=at, actor=actor)
    for (outcome, reason, received_at), group in groups.items():
        if outcome is not Outcome.QUARANTINED:
            word = _Word(outcome, reason, header.id, received_at)
            _acknowledge(group, word, at=at, actor=actor)
    point(At.RECEIPT_BEFORE_COMMIT)


def _overtaken(row: OutboxMessage, entry: ReceiptEntry) -> bool:
    """Tell whether a word that settles nothing is about an envelope that is being replaced."""
    return entry.outcome is Outcome.HELD and row.state == OutboxState.PENDING


@dataclass(frozen=True, slots=True)
class _Word:
    outcome: Outcome
    reason: str
    receipt_id: UUID
    received_at: datetime


def _acknowledge(group: list[OutboxMessage], word: _Word, *, at: datetime, actor: Actor) -> None:
    """Move all messages of which the receipt says the same, in one statement."""
    facts: dict[str, object] = {
        "outcome": word.outcome,
        "reason": word.reason,
        "receipt_id": word.receipt_id,
        "peer_received_at": word.received_at,
        "acknowledged_at": at,
        "due_at": None if word.outcome in FINAL else at + ask_again_after(),
    }
    if word.outcome in FINAL:
        facts["body"] = facts["salt"] = None
    move_out_all(group, "acknowledge", actor=actor, **facts)
    for row in group:
        if word.reason == Hold.ATTACHMENT:
            _send_attachments_again(row)
        tell(
            Delivered(
                message_id=row.id,
                dst=row.dst,
                conversation=row.conversation,
                type=row.type,
                outcome=word.outcome,
                reason=word.reason,
                received_at=word.received_at,
            )
        )


def _quarantined(row: OutboxMessage, entry: ReceiptEntry, *, at: datetime, actor: Actor) -> None:
    """Seal the same message anew, at once at first and then ever more slowly."""
    if entry.header_digest != row.header_digests[-1] or row.state == OutboxState.PENDING:
        return
    # Without its body it cannot be sealed again: it was settled once, and goes as it was kept.
    if row.state == OutboxState.ACKNOWLEDGED or row.body is None:
        return
    wait = seal_anew_after(row.attempts)
    facts = {"outcome": entry.outcome, "reason": entry.reason}
    move_out(row, "seal_anew", actor=actor, due_at=at + wait if wait else None, **facts)
    wake_relay()


def _send_attachments_again(row: OutboxMessage) -> None:
    """Put back what was sent before the message and did not arrive."""
    named = [UUID(each["id"]) for each in row.attachments]
    OutboxAttachment.objects.filter(
        dst=row.dst, blob_id__in=named, state=AttachmentState.SENT, sent_at__lte=row.sent_at
    ).update(state=AttachmentState.PENDING)
    wake_relay()
