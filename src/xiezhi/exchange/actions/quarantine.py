"""Quarantine an envelope that failed a check: visible, alarmed, never part of a sequence."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog

from xiezhi.exchange.envelope.header import Header, MessageHeader
from xiezhi.exchange.models import Quarantined
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import QuarantineReason
from xiezhi.security.algorithms import digest
from xiezhi.security.algorithms import suite as suite_of
from xiezhi.security.algorithms.errors import CryptoError

SAMPLE: Final = 16 * 1024

log = structlog.get_logger(__name__)


def quarantine(
    *,
    src: str,
    reason: QuarantineReason,
    data: bytes,
    header: Header | None,
    header_bytes: bytes,
    at: datetime,
    size: int | None = None,
) -> Quarantined:
    """Record what failed and, when it names a message, owe its sender a receipt.

    The receipt makes the true sender seal the message again; a forger gains nothing by it. The
    caller holds the transaction.
    """
    claimed = header.id if isinstance(header, MessageHeader) and header.src == src else None
    log.error("envelope quarantined", src=src, fault=reason.value, claimed=str(claimed))
    if claimed:
        wake_relay()
    return Quarantined.objects.create(
        src=src,
        claimed_id=claimed,
        fault=reason,
        size=len(data) if size is None else size,
        header_digest=_digest(header, header_bytes) if claimed else "",
        received_at=at,
        receipt_due=claimed is not None,
        sample=data[:SAMPLE],
    )


def _digest(header: Header | None, header_bytes: bytes) -> str:
    """Digest as the sender's suite does, so that the sender knows its own header again."""
    try:
        return suite_of(header.suite if header else "").digest(header_bytes).hex()
    except CryptoError:
        return digest(header_bytes).hex()
