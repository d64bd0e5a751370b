"""The kinds of envelope a site may send: one table each for the two lanes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from xiezhi.exchange.envelope.account import AccountHeader, AccountWordHeader
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.header import AttachmentHeader, Header, MessageHeader, ReceiptHeader
from xiezhi.exchange.envelope.standing import StandingHeader

KINDS: Final[Mapping[str, type[Header]]] = {
    "message": MessageHeader,
    "receipt": ReceiptHeader,
    "standing": StandingHeader,
    "account": AccountHeader,
    "account_word": AccountWordHeader,
}
BULK_KINDS: Final[Mapping[str, type[Header]]] = {"attachment": AttachmentHeader}


def parse(raw: bytes, kinds: Mapping[str, type[Header]] = KINDS) -> Header:
    """Read a header of one of ``kinds``. Refuses: ``HEADER``, ``KIND``."""
    try:
        fields: Any = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise EnvelopeRejected(Fault.HEADER, header_bytes=raw) from None
    if not isinstance(fields, dict) or not isinstance(fields.get("kind"), str):
        raise EnvelopeRejected(Fault.HEADER, header_bytes=raw)
    kind = kinds.get(fields["kind"])
    if kind is None:
        raise EnvelopeRejected(Fault.KIND, header_bytes=raw)
    try:
        return kind.model_validate(fields)
    except (ValidationError, RecursionError, OverflowError):
        raise EnvelopeRejected(Fault.HEADER, header_bytes=raw) from None


def _no_constant(name: str) -> float:
    msg = f"{name} is not JSON"
    raise ValueError(msg)
