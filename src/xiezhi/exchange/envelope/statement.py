"""Sign a statement: a header without a body, outside the sequence."""

from __future__ import annotations

from xiezhi.exchange.envelope.container import Container, encode
from xiezhi.exchange.envelope.header import StatementHeader, canonical
from xiezhi.exchange.envelope.message import signed_bytes
from xiezhi.security.algorithms import Signer


def sign_statement(header: StatementHeader, signer: Signer) -> bytes:
    """Sign ``header`` and put it into an envelope; nothing is sealed."""
    raw = canonical(header)
    return encode(Container(raw, signer.sign(signed_bytes(raw)), b"", b"", b""))
