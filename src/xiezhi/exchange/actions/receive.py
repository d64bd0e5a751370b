"""Receive one envelope: check it, then apply, refuse, hold or quarantine what it brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from xiezhi.exchange.actions._arrivals import lock_conversation
from xiezhi.exchange.actions._peers import heard_of
from xiezhi.exchange.actions._settle import settle
from xiezhi.exchange.actions._statements import take
from xiezhi.exchange.actions.quarantine import quarantine
from xiezhi.exchange.actions.recall import return_message
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.account import content_digest
from xiezhi.exchange.envelope.check import CheckedMessage, CheckedStatement, check
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.envelope.header import MessageHeader
from xiezhi.exchange.models import InboxMessage, RecallTask
from xiezhi.exchange.queries import freed_by
from xiezhi.exchange.states import InboxState, QuarantineReason
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one envelope; ``settled`` is its message, if it came to its end here."""

    outcome: str
    message_id: UUID | None = None
    settled: InboxMessage | None = None


@transaction.atomic(savepoint=False)
def receive_together(
    *, envelopes: Sequence[bytes], src: str, trust: SiteTrust, at: datetime, actor: Actor
) -> list[UUID]:
    """Take in envelopes in their order, in one transaction; return what that may free.

    Each message has its outcome as if it had come alone. After an error the caller rolls all of
    them back and gives them one by one.
    """
    taken = [receive(data=each, src=src, trust=trust, at=at, actor=actor) for each in envelopes]
    return freed_by([each.settled for each in taken if each.settled is not None])


@transaction.atomic(savepoint=False)
def receive(*, data: bytes, src: str, trust: SiteTrust, at: datetime, actor: Actor) -> Taken:
    """Take in one envelope from the tray of ``src``, in one transaction with its effect.

    Idempotence and locks: a message id is applied once, however often it comes; the
    conversation's row is locked, so its messages are applied one after the other. After an error
    the caller's transaction is rolled back whole.
    Raises only what is worth trying again (the database away, a deadlock).
    """
    try:
        checked = check(data, own_site=settings.XIEZHI_SITE, trust=trust)
    except EnvelopeRejected as rejected:
        reason = QuarantineReason(rejected.fault.value)
        header, raw = rejected.header, rejected.header_bytes
        quarantine(src=src, reason=reason, data=data, header=header, header_bytes=raw, at=at)
        return Taken("quarantined")
    if checked.header.src != src:
        return _quarantine(data, QuarantineReason.TRAY, src, at)
    if isinstance(checked, CheckedStatement):
        take(checked.header, data, at=at, actor=actor)
        return Taken(checked.header.kind)
    return _take(checked, data, src=src, trust=trust, at=at, actor=actor)


def _take(
    checked: CheckedMessage, data: bytes, *, src: str, trust: SiteTrust, at: datetime, actor: Actor
) -> Taken:
    header = checked.header
    conversation = lock_conversation(src, header.conversation, header.id)
    known = InboxMessage.objects.defer("envelope").get(pk=header.id) if conversation.known else None
    if known is not None and not _same_place(known, header):
        return _quarantine(data, QuarantineReason.COLLISION, src, at)
    if known is not None and not _replaces(known, checked):
        # Nothing new, but the sender has not heard: the receipt goes again.
        known.receipt_digest, known.receipt_due = checked.header_digest, True
        known.save(update_fields=["receipt_digest", "receipt_due"])
        return Taken(known.state, known.id)
    row = _row(checked, data, at) if known is None else _renewed(known, checked, data)
    point(At.RECEIVE_BEFORE_EFFECT)
    settle(row, checked, conversation, at=at, actor=actor)
    heard = heard_of(src, epoch=header.epoch, sequence=header.sequence, at=at)
    if heard.of_past_epoch:
        _return_late(row, trust=trust, actor=actor)
    elif heard.watermark is not None and row.act_at < heard.watermark:
        # The peer's clock was set back. The act counts; what was concluded must be looked at.
        log.error("an act before its sender's watermark", message=str(row.id), peer=src)
    point(At.RECEIVE_AFTER_EFFECT)
    settled = row.state in {InboxState.APPLIED, InboxState.REFUSED}
    return Taken(row.state, row.id, row if settled else None)


def _same_place(known: InboxMessage, header: MessageHeader) -> bool:
    """Tell whether an id comes again as the same message: nobody's else, in no other conversation.

    Sealing anew may change its position; what it is and to what it belongs never changes.
    """
    return (known.src, known.conversation, known.type) == (
        header.src,
        header.conversation,
        header.type,
    )


def _replaces(known: InboxMessage, checked: CheckedMessage) -> bool:
    """Tell whether a message that is held came again, sealed anew since: its sender mended it."""
    return known.state == InboxState.HELD and checked.header.created_at > known.sealed_at


def _renewed(known: InboxMessage, checked: CheckedMessage, data: bytes) -> InboxMessage:
    header = checked.header
    known.epoch, known.sequence, known.position = header.epoch, header.sequence, header.position
    known.after, known.version, known.sealed_at = (
        list(header.after),
        header.version,
        header.created_at,
    )
    known.envelope = data
    known.header_digest = known.receipt_digest = checked.header_digest
    known.receipt_due, known.content_digest = True, content_digest(header)
    known.save(
        update_fields=[
            *("epoch", "sequence", "position", "after", "version", "sealed_at", "envelope"),
            *("header_digest", "receipt_digest", "receipt_due", "content_digest"),
        ]
    )
    return known


def _return_late(row: InboxMessage, *, trust: SiteTrust, actor: Actor) -> None:
    """Return to a restored peer a message of an epoch that it has forgotten, now that it came."""
    task = (
        RecallTask.objects.filter(peer=row.src, phase=RecallTask.Phase.DONE, epoch__gt=row.epoch)
        .order_by("epoch")
        .first()
    )
    forgotten = task is not None and (row.epoch, row.sequence) >= (
        task.forgot_epoch,
        task.forgot_sequence,
    )
    if task is not None and forgotten:
        return_message(row, task.epoch, trust=trust, actor=actor)


def _row(checked: CheckedMessage, data: bytes, at: datetime) -> InboxMessage:
    header = checked.header
    return InboxMessage(
        id=header.id,
        src=header.src,
        epoch=header.epoch,
        sequence=header.sequence,
        conversation=header.conversation,
        position=header.position,
        after=list(header.after),
        type=header.type,
        version=header.version,
        act_at=header.act_at,
        sealed_at=header.created_at,
        received_at=at,
        envelope=data,
        header_digest=checked.header_digest,
        receipt_digest=checked.header_digest,
        content_digest=content_digest(header),
    )


def _quarantine(data: bytes, reason: QuarantineReason, src: str, at: datetime) -> Taken:
    """Quarantine without a receipt: sealing the same again would not mend it."""
    quarantine(src=src, reason=reason, data=data, header=None, header_bytes=b"", at=at)
    return Taken("quarantined")
