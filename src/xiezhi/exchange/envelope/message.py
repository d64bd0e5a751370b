"""Seal a message into an envelope."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xiezhi.exchange.envelope.account import content_digest
from xiezhi.exchange.envelope.container import MAX_ENVELOPE, Container, encode
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.header import (
    AttachmentRef,
    Digests,
    MessageHeader,
    canonical,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from xiezhi.exchange.envelope.pins import SendingKeys
    from xiezhi.security.algorithms import Suite

SALT_SIZE: Final = 16
_SIGNED: Final = b"xiezhi envelope 1\n"
_ATTACHMENT: Final = b"xiezhi attachment 1\n"
_PLACEHOLDER: Final = "00" * 32
# What an envelope may need beside its body: the header's limit, signature, key, tag.
_ROOM: Final = 300 * 1024
MAX_BODY: Final = MAX_ENVELOPE - _ROOM


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """An attachment as its owner knows it; ``digest`` is the plain digest of its content."""

    id: UUID
    digest: bytes
    size: int
    media_type: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the sender says of one message, before it is sealed.

    ``salt`` is kept from one sealing to the next, so that both sites digest the same content; it
    is drawn when there is none yet.
    """

    id: UUID
    src: str
    dst: str
    epoch: int
    sequence: int
    conversation: str
    position: int
    type: str
    version: int
    act_at: datetime
    created_at: datetime
    body: bytes = field(repr=False)
    after: tuple[UUID, ...] = ()
    attachments: tuple[AttachmentFacts, ...] = ()
    salt: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Packed:
    """An envelope ready to be carried, with the digests for its receipt and its account."""

    data: bytes
    header_digest: str
    content_digest: str


def signed_bytes(header: bytes) -> bytes:
    """Give what is signed: the header under a name of its own, so no other signature fits."""
    return _SIGNED + header


def new_salt() -> bytes:
    """Draw the salt of one message from the operating system."""
    return os.urandom(SALT_SIZE)


def commitment(suite: Suite, salt: bytes, attachment_id: UUID, digest: bytes) -> str:
    """Give the salted digest of an attachment, which tells nothing to who lacks the body."""
    return suite.digest(_ATTACHMENT + salt + attachment_id.bytes + digest).hex()


def pack(draft: Draft, keys: SendingKeys) -> Packed:
    """Seal ``draft`` to the recipient and sign its header.

    The body is salted, so the digest in the clear header cannot be used to guess it.
    Refuses: :class:`EnvelopeRejected` (``SIZE``) when the body does not fit one envelope.
    """
    if len(draft.body) > MAX_BODY:
        raise EnvelopeRejected(Fault.SIZE)
    salt = draft.salt or new_salt()
    plaintext = salt + draft.body
    header = _header(draft, salt, keys)
    sealed = keys.sealer.seal(plaintext, aad=header.bound())
    digest = keys.suite.digest
    digests = Digests(
        plaintext=digest(plaintext).hex(),
        ciphertext=digest(sealed.ciphertext).hex(),
        key=digest(sealed.wrapped_key + sealed.nonce).hex(),
    )
    header = header.model_copy(update={"digests": digests})
    raw = canonical(header)
    signature = keys.signer.sign(signed_bytes(raw))
    container = Container(raw, signature, sealed.wrapped_key, sealed.nonce, sealed.ciphertext)
    return Packed(encode(container), digest(raw).hex(), content_digest(header))


def _header(draft: Draft, salt: bytes, keys: SendingKeys) -> MessageHeader:
    attachments = tuple(
        AttachmentRef(
            id=each.id,
            digest=commitment(keys.suite, salt, each.id, each.digest),
            size=each.size,
            media_type=each.media_type,
            pages=each.pages,
        )
        for each in draft.attachments
    )
    return MessageHeader(
        id=draft.id,
        src=draft.src,
        dst=draft.dst,
        epoch=draft.epoch,
        created_at=draft.created_at,
        suite=keys.suite.name,
        sender_key=keys.signer.key_id,
        recipient_key=keys.sealer.key_id,
        sequence=draft.sequence,
        conversation=draft.conversation,
        position=draft.position,
        after=draft.after,
        type=draft.type,
        version=draft.version,
        act_at=draft.act_at,
        size=len(draft.body) + SALT_SIZE,
        digests=Digests(plaintext=_PLACEHOLDER, ciphertext=_PLACEHOLDER, key=_PLACEHOLDER),
        attachments=attachments,
    )
