"""Sign a receipt: the receiver's word on what became of a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiezhi.exchange.envelope.container import Container, encode
from xiezhi.exchange.envelope.header import Outcome, ReceiptHeader, canonical
from xiezhi.exchange.envelope.message import signed_bytes

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from xiezhi.security.algorithms import Signer, Suite


@dataclass(frozen=True, slots=True)
class Statement:
    """What a receipt says; ``reason`` is a code, never a sentence about a person."""

    id: UUID
    src: str
    dst: str
    epoch: int
    created_at: datetime
    message: UUID
    header_digest: str
    outcome: Outcome
    reason: str
    received_at: datetime
    settled_at: datetime | None = None


def pack_receipt(statement: Statement, *, suite: Suite, signer: Signer) -> bytes:
    """Sign ``statement``; a receipt has no body, so nothing is sealed."""
    header = ReceiptHeader(
        id=statement.id,
        src=statement.src,
        dst=statement.dst,
        epoch=statement.epoch,
        created_at=statement.created_at,
        suite=suite.name,
        sender_key=signer.key_id,
        message=statement.message,
        header_digest=statement.header_digest,
        outcome=statement.outcome,
        reason=statement.reason,
        received_at=statement.received_at,
        settled_at=statement.settled_at,
    )
    raw = canonical(header)
    signature = signer.sign(signed_bytes(raw))
    return encode(Container(raw, signature, b"", b"", b""))
