"""Why an envelope is not believed: one code per check, in the order of the checks."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiezhi.exchange.envelope.header import Header


class Fault(StrEnum):
    """The first check that failed; the codes appear in receipts and on the operators' page."""

    SIZE = "size"
    CONTAINER = "container"
    HEADER = "header"
    KIND = "kind"
    UNKNOWN_KEY = "unknown-key"
    KEY_NOT_VALID = "key-not-valid"
    SIGNATURE = "signature"
    NOT_CANONICAL = "not-canonical"
    DESTINATION = "destination"
    DIGEST = "digest"
    RECIPIENT_KEY = "recipient-key"
    CANNOT_OPEN = "cannot-open"
    PLAINTEXT_DIGEST = "plaintext-digest"


class EnvelopeRejected(Exception):
    """An envelope that failed a check; it never enters the sequence.

    ``header`` is what the envelope claims, when that much could be read. Nothing in it is proven
    unless the fault comes after ``SIGNATURE``.
    """

    def __init__(
        self, fault: Fault, header: Header | None = None, header_bytes: bytes = b""
    ) -> None:
        """Keep the fault and what could be read before it."""
        super().__init__(fault.value)
        self.fault, self.header, self.header_bytes = fault, header, header_bytes
