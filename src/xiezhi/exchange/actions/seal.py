"""Seal what waits for a peer: number it, encrypt it to the peer, sign its header."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from xiezhi.exchange.actions._move import move_out_sealed
from xiezhi.exchange.actions._peers import sealing_alone
from xiezhi.exchange.actions.reopen_accounts import reopen_accounts
from xiezhi.exchange.announced import Fitted, fit
from xiezhi.exchange.claims import within_budget
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.days import day_before, day_of
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.envelope.message import (
    AttachmentFacts,
    Draft,
    Unsigned,
    seal_draft,
    sign_all,
)
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
    # To wrap a key and to sign are dear: once for the batch, yet each envelope stands alone.
    batch = replace(keys, sealer=keys.sealer.for_batch())
    sealed: list[tuple[OutboxMessage, Unsigned]] = []
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
            draft = _draft(row, fitted, record.epoch_out, row.sequence, at)
            sealed.append((row, seal_draft(draft, batch)))
        except (CryptoError, EnvelopeRejected, ValueError):
            # One message that cannot be sealed stops no other; it shows with its reason.
            log.exception("message cannot be sealed", message=str(row.id))
            row.reason, row.due_at = CANNOT_SEAL, at + ask_again_after()
            row.save(update_fields=["reason", "due_at", "sequence"])
    packed = sign_all([each for _, each in sealed], keys)
    ready = [(row, each) for (row, _), each in zip(sealed, packed, strict=True)]
    late = {day_of(row.id) for row, each in ready if row.content_digest != each.content_digest}
    late -= {day for day in late if day > day_before(at)}
    move_out_sealed(ready, epoch=record.epoch_out, at=at, actor=actor)
    record.save(update_fields=["next_sequence"])
    reopen_accounts(peer=peer, days=late, at=at, actor=actor)
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
        salt=bytes(row.salt or b""),
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
