"""Seal what waits for a peer: number it, encrypt it to the peer, sign its header."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from xiezhi.exchange.actions._move import move_out
from xiezhi.exchange.actions._peers import sealing_alone
from xiezhi.exchange.announced import Fitted, fit
from xiezhi.exchange.claims import within_budget
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.envelope.message import AttachmentFacts, Draft, pack
from xiezhi.exchange.limits import BATCH, ask_again_after
from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.states import OutboxState
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor
from xiezhi.security.algorithms import CryptoError

CANNOT_SEAL: Final = "exchange.cannot-seal"

log = structlog.get_logger(__name__)


@transaction.atomic
def seal(*, peer: str, trust: SiteTrust, at: datetime, actor: Actor, limit: int = BATCH) -> int:
    """Seal pending messages for ``peer``, oldest first; return how many.

    A peer is never sent a higher version than it has announced; what cannot be said in an older
    one waits, with its reason. Rows are claimed by state, never by "greater than the last id": a
    late commit is not skipped.
    Idempotence and locks: rows that another relay holds are passed over; a lock of
    the peer keeps two relays from giving the same number.
    Refuses: ``UnknownKey``, ``KeyOutOfTime`` when nothing can be sealed to the peer now.
    """
    waiting = OutboxMessage.objects.filter(dst=peer, state=OutboxState.PENDING, due_at=None)
    rows = within_budget(waiting.order_by("id"), "body", limit)
    if not rows:
        return 0
    keys = trust.sending(peer, at)
    record = sealing_alone(peer)
    for row in rows:
        fitted = fit(record.announced, row.type, row.version, row.body or "")
        if fitted.lacks:
            row.reason, row.due_at = fitted.lacks.value, at + ask_again_after()
            row.save(update_fields=["reason", "due_at"])
            continue
        # A message sealed anew keeps its place in the sequence within the same epoch.
        if row.sequence is None or row.epoch != record.epoch_out:
            row.sequence = record.next_sequence
            record.next_sequence += 1
        try:
            packed = pack(_draft(row, fitted, record.epoch_out, row.sequence, at), keys)
        except (CryptoError, EnvelopeRejected, ValueError):
            # One message that cannot be sealed stops no other; it shows with its reason.
            log.exception("message cannot be sealed", message=str(row.id))
            row.reason, row.due_at = CANNOT_SEAL, at + ask_again_after()
            row.save(update_fields=["reason", "due_at", "sequence"])
            continue
        move_out(
            row,
            "seal",
            actor=actor,
            epoch=record.epoch_out,
            sequence=row.sequence,
            envelope=packed.data,
            header_digests=[*row.header_digests, packed.header_digest],
            sealed_at=at,
            reason="",
        )
    record.save(update_fields=["next_sequence"])
    point(At.SEAL_BEFORE_COMMIT)
    return len(rows)


def _draft(row: OutboxMessage, fitted: Fitted, epoch: int, sequence: int, at: datetime) -> Draft:
    return Draft(
        id=row.id,
        src=settings.XIEZHI_SITE,
        dst=row.dst,
        epoch=epoch,
        sequence=sequence,
        conversation=row.conversation,
        position=row.position,
        type=row.type,
        version=fitted.version,
        act_at=row.act_at,
        created_at=at,
        body=fitted.body.encode(),
        after=tuple(row.after),
        attachments=tuple(
            AttachmentFacts(
                id=UUID(each["id"]),
                digest=bytes.fromhex(each["digest"]),
                size=each["size"],
                media_type=each["media_type"],
                pages=each["pages"],
            )
            for each in row.attachments
        ),
    )
