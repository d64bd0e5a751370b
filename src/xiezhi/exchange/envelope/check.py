"""Check an envelope, in one strict order, before anything in it is believed.

Size, container, header, pinned key and its time, signature, canonical form, destination, digests,
seal, plaintext digest. The schema of the payload is the receiver's next step, not the envelope's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xiezhi.exchange.envelope.container import Container, decode
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.header import (
    Header,
    MessageHeader,
    StatementHeader,
    canonical,
)
from xiezhi.exchange.envelope.kinds import parse
from xiezhi.exchange.envelope.message import SALT_SIZE, commitment, signed_bytes
from xiezhi.exchange.envelope.signature import verify
from xiezhi.security.algorithms import BadSignature, CryptoError, Sealed, suite

if TYPE_CHECKING:
    from uuid import UUID

    from xiezhi.exchange.envelope.pins import Pin, Trust
    from xiezhi.security.algorithms import Suite


@dataclass(frozen=True, slots=True)
class CheckedMessage:
    """A message whose every check has passed."""

    header: MessageHeader
    header_digest: str
    suite: Suite = field(repr=False)
    salt: bytes = field(repr=False)
    body: bytes = field(repr=False)

    def attachment_matches(self, attachment_id: UUID, digest: bytes) -> bool:
        """Tell whether content with this plain digest is the attachment the header names."""
        salted = commitment(self.suite, self.salt, attachment_id, digest)
        return any(a.id == attachment_id and a.digest == salted for a in self.header.attachments)


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """A statement whose signature, form and destination have been checked."""

    header: StatementHeader


def check(data: bytes, *, own_site: str, trust: Trust) -> CheckedMessage | CheckedStatement:
    """Check one envelope addressed to ``own_site`` and open it.

    Refuses: :class:`EnvelopeRejected` with the first fault; never another error, for any bytes.
    """
    container = decode(data)
    header = parse(container.header)
    pin = find_pin(header, container.header, trust)
    check_signature(header, container, pin)
    if canonical(header) != container.header:
        raise reject(Fault.NOT_CANONICAL, header, container)
    if header.dst != own_site or header.src == own_site:
        raise reject(Fault.DESTINATION, header, container)
    if isinstance(header, StatementHeader):
        if container.encapsulated_key or container.iv or container.ciphertext:
            raise reject(Fault.NOT_CANONICAL, header, container)
        return CheckedStatement(header)
    if isinstance(header, MessageHeader):
        return _open(header, container, pin.suite, trust)
    raise reject(Fault.KIND, header, container)


def reopen(data: bytes, *, trust: Trust) -> CheckedMessage:
    """Open a message again that passed ``check`` when it came; its signer's key may have gone.

    Refuses: :class:`EnvelopeRejected` when it cannot be opened any more.
    """
    container = decode(data)
    header = parse(container.header)
    if not isinstance(header, MessageHeader):
        raise reject(Fault.KIND, header, container)
    return _open(header, container, suite(header.suite), trust)


def reject(fault: Fault, header: Header, container: Container) -> EnvelopeRejected:
    """Make the refusal of an envelope whose header could be read."""
    return EnvelopeRejected(fault, header, container.header)


def find_pin(header: Header, raw: bytes, trust: Trust) -> Pin:
    """Return the pinned key that the header names, if it might sign then. Refuses otherwise."""
    pin = trust.pin(header.src, header.sender_key)
    if pin is None or pin.suite.name != header.suite:
        raise EnvelopeRejected(Fault.UNKNOWN_KEY, header, raw)
    if not pin.covers(header.created_at):
        raise EnvelopeRejected(Fault.KEY_NOT_VALID, header, raw)
    return pin


def check_signature(header: Header, container: Container, pin: Pin) -> None:
    """Pass silently if ``pin`` signed the header, alone or in a batch. Refuses: ``SIGNATURE``."""
    try:
        verify(signed_bytes(container.header), container.signature, pin.suite, pin.verifier)
    except (BadSignature, CryptoError, ValueError):
        raise reject(Fault.SIGNATURE, header, container) from None


def _open(
    header: MessageHeader, container: Container, algorithms: Suite, trust: Trust
) -> CheckedMessage:
    ciphertext = algorithms.digest(container.ciphertext).hex()
    key = algorithms.digest(container.encapsulated_key + container.iv).hex()
    if ciphertext != header.digests.ciphertext or key != header.digests.key:
        raise reject(Fault.DIGEST, header, container)
    own = trust.opening(header.recipient_key)
    if own is None:
        raise reject(Fault.RECIPIENT_KEY, header, container)
    sealed = Sealed(container.encapsulated_key, container.iv, container.ciphertext)
    try:
        plaintext = own.opener.open(sealed, aad=header.bound())
    except (CryptoError, ValueError):
        raise reject(Fault.CANNOT_OPEN, header, container) from None
    fits = len(plaintext) == header.size and len(plaintext) >= SALT_SIZE
    if not fits or algorithms.digest(plaintext).hex() != header.digests.plaintext:
        raise reject(Fault.PLAINTEXT_DIGEST, header, container)
    return CheckedMessage(
        header=header,
        header_digest=algorithms.digest(container.header).hex(),
        suite=algorithms,
        salt=plaintext[:SALT_SIZE],
        body=plaintext[SALT_SIZE:],
    )
