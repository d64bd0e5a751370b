"""Sign a receipt: the receiver's word on what became of messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiezhi.exchange.envelope.header import ReceiptEntry, ReceiptHeader
from xiezhi.exchange.envelope.statement import sign_statement
from xiezhi.security.algorithms import Signer, Suite


@dataclass(frozen=True, slots=True)
class Statement:
    """What a receipt says; reasons are codes, never sentences about a person."""

    id: UUID
    src: str
    dst: str
    epoch: int
    created_at: datetime
    entries: tuple[ReceiptEntry, ...]


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
        entries=statement.entries,
    )
    return sign_statement(header, signer)
