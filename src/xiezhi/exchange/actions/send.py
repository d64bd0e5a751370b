"""Send sealed messages and owed receipts: put them into the transport and note that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from xiezhi.exchange.actions._move import move_out
from xiezhi.exchange.actions._peers import peer_for_update
from xiezhi.exchange.claims import within_budget
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.container import join
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.envelope.receipt import Statement, pack_receipt
from xiezhi.exchange.limits import BATCH, resend_after
from xiezhi.exchange.models import InboxMessage, OutboxMessage, Quarantined
from xiezhi.exchange.states import OutboxState
from xiezhi.exchange.transports import Transport
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.security.algorithms import Signer, Suite

# 192 envelopes of this size (a batch, and receipts of both kinds) still fit one parcel.
_LARGE: Final = 64 * 1024


@transaction.atomic
def send(
    *,
    peer: str,
    transport: Transport,
    trust: SiteTrust,
    at: datetime,
    actor: Actor,
    limit: int = BATCH,
) -> int:
    """Put one parcel of messages and receipts into the transport; return how many it holds.

    The parcel is durable before the rows say so: a crash in between sends it twice, and the peer
    knows a message by its id. Refuses: ``OSError`` when the transport cannot take it; then
    nothing is noted and all is tried again.
    """
    sealed = OutboxMessage.objects.filter(dst=peer, state=OutboxState.SEALED).order_by("id")
    rows = within_budget(sealed, "envelope", limit)
    receipts = _receipts(peer, trust, at, limit)
    envelopes = [bytes(row.envelope or b"") for row in rows] + receipts
    if not envelopes:
        return 0
    point(At.SEND_BEFORE_SPOOL)
    transport.put(peer, _parcels(envelopes))
    point(At.SEND_AFTER_SPOOL)
    for row in rows:
        attempts = row.attempts + 1
        due = at + resend_after(attempts)
        move_out(row, "send", actor=actor, sent_at=at, due_at=due, attempts=attempts)
    return len(envelopes)


def _parcels(envelopes: list[bytes]) -> list[bytes]:
    """Give a large envelope a parcel of its own, so that no parcel outgrows the limit."""
    large = [each for each in envelopes if len(each) > _LARGE]
    small = [each for each in envelopes if len(each) <= _LARGE]
    return ([join(small)] if small else []) + large


def _receipts(peer: str, trust: SiteTrust, at: datetime, limit: int) -> list[bytes]:
    owed = _statements(peer, at, limit)
    if not owed:
        return []
    identity = trust.ring.identity(at)
    suite: Suite = identity.public.suite
    signer: Signer = identity.signer()
    return [pack_receipt(each, suite=suite, signer=signer) for each in owed]


def _statements(peer: str, at: datetime, limit: int) -> list[Statement]:
    """Claim what is owed, write it down and strike it off; the caller's transaction binds both."""
    settled = list(
        InboxMessage.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(src=peer, receipt_due=True)
        .order_by("id")
        .defer("envelope")[:limit]
    )
    refused = list(
        Quarantined.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(src=peer, receipt_due=True)
        .order_by("id")
        .defer("sample")[:limit]
    )
    if not settled and not refused:
        return []
    epoch = peer_for_update(peer).epoch_out
    InboxMessage.objects.filter(pk__in=[row.pk for row in settled]).update(receipt_due=False)
    Quarantined.objects.filter(pk__in=[row.pk for row in refused]).update(receipt_due=False)
    about = [_about_settled(row) for row in settled] + [_about_refused(row) for row in refused]
    return [
        Statement(
            id=uuid7(),
            src=settings.XIEZHI_SITE,
            dst=peer,
            epoch=epoch,
            created_at=at,
            message=each.message,
            header_digest=each.header_digest,
            outcome=each.outcome,
            reason=each.reason,
            received_at=each.received_at,
            settled_at=each.settled_at,
        )
        for each in about
    ]


@dataclass(frozen=True, slots=True)
class _About:
    message: UUID
    header_digest: str
    outcome: Outcome
    reason: str
    received_at: datetime
    settled_at: datetime | None


def _about_settled(row: InboxMessage) -> _About:
    return _About(
        row.id,
        row.receipt_digest,
        Outcome(row.state),
        row.reason,
        row.received_at,
        row.settled_at,
    )


def _about_refused(row: Quarantined) -> _About:
    # Only an envelope that named its message is owed a receipt, so the claim is always there.
    message = row.claimed_id or row.id
    return _About(message, row.header_digest, Outcome.QUARANTINED, row.fault, row.received_at, None)
