"""Receipts: signed, unsealed, and nothing but what was signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xiezhi.exchange.envelope.check import CheckedStatement, check
from xiezhi.exchange.envelope.container import decode, encode
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.header import Outcome, ReceiptEntry, ReceiptHeader
from xiezhi.exchange.envelope.receipt import Statement, pack_receipt
from xiezhi.exchange.envelope.tests.parties import AT, PinnedTrust, Site
from xiezhi.foundation.ids import uuid7


def fault_of(data: bytes, trust: PinnedTrust) -> Fault:
    """Return the fault with which a receipt is refused."""
    with pytest.raises(EnvelopeRejected) as caught:
        check(data, own_site="court", trust=trust)
    return caught.value.fault


def receipt(service: Site, **changes: object) -> bytes:
    """Sign a receipt of the service site for the court."""
    entry = ReceiptEntry(
        message=uuid7(),
        header_digest="ab" * 32,
        outcome=Outcome.REFUSED,
        reason="casework.no-such-court",
        received_at=AT,
        settled_at=AT,
    )
    statement = Statement(
        id=uuid7(),
        src="service",
        dst="court",
        epoch=1,
        created_at=AT,
        entries=(entry,),
    )
    signer = service.suite.signer(service.signing, "service-sign-1")
    return pack_receipt(replace(statement, **changes), suite=service.suite, signer=signer)  # type: ignore[arg-type]


def test_check_reads_a_receipt(service: Site, trust: PinnedTrust) -> None:
    checked = check(receipt(service), own_site="court", trust=trust)

    assert isinstance(checked, CheckedStatement)
    assert isinstance(checked.header, ReceiptHeader)
    (entry,) = checked.header.entries
    assert (entry.outcome, entry.reason) == ("refused", "casework.no-such-court")


def test_check_refuses_a_receipt_that_was_changed(service: Site, trust: PinnedTrust) -> None:
    container = decode(receipt(service))
    forged = replace(container, header=container.header.replace(b"refused", b"applied"))

    assert fault_of(encode(forged), trust) is Fault.SIGNATURE


def test_check_refuses_a_receipt_with_a_body(service: Site, trust: PinnedTrust) -> None:
    stuffed = replace(decode(receipt(service)), ciphertext=b"unsigned")

    assert fault_of(encode(stuffed), trust) is Fault.NOT_CANONICAL
