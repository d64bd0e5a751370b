"""Sign what we owe a peer: one receipt for everything settled since the last."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from xiezhi.exchange.actions._peers import peer_of
from xiezhi.exchange.envelope.header import Outcome, ReceiptEntry
from xiezhi.exchange.envelope.receipt import Statement, pack_receipt
from xiezhi.exchange.models import InboxMessage, Quarantined
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.ids import uuid7


def owed_receipts(peer: str, trust: SiteTrust, at: datetime, limit: int) -> list[bytes]:
    """Claim what is owed to ``peer``, sign it and strike it off; the transaction binds all three.

    One signature covers up to twice ``limit`` entries. Returns one envelope, or none when
    nothing is owed.
    """
    settled = list(
        InboxMessage.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(src=peer, receipt_due=True)
        .order_by("id")
        .defer("envelope", "after")[:limit]
    )
    refused = list(
        Quarantined.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(src=peer, receipt_due=True)
        .order_by("id")
        .defer("sample")[:limit]
    )
    if not settled and not refused:
        return []
    InboxMessage.objects.filter(pk__in=[row.pk for row in settled]).update(receipt_due=False)
    Quarantined.objects.filter(pk__in=[row.pk for row in refused]).update(receipt_due=False)
    entries = (*map(_about_settled, settled), *map(_about_refused, refused))
    suite, signer = trust.signing(at)
    statement = Statement(
        id=uuid7(),
        src=settings.XIEZHI_SITE,
        dst=peer,
        epoch=peer_of(peer).epoch_out,
        created_at=at,
        entries=entries,
    )
    return [pack_receipt(statement, suite=suite, signer=signer)]


def _about_settled(row: InboxMessage) -> ReceiptEntry:
    return ReceiptEntry(
        message=row.id,
        header_digest=row.receipt_digest,
        outcome=Outcome(row.state),
        reason=row.reason,
        received_at=row.received_at,
        settled_at=row.settled_at,
    )


def _about_refused(row: Quarantined) -> ReceiptEntry:
    # Only an envelope that named its message is owed a receipt, so the claim is always there.
    return ReceiptEntry(
        message=row.claimed_id or row.id,
        header_digest=row.header_digest,
        outcome=Outcome.QUARANTINED,
        reason=row.fault,
        received_at=row.received_at,
    )
