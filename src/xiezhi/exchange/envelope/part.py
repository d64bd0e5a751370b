"""The bulk lane: an attachment travels as parts, each an envelope that is checked by itself.

A part is a container of five like a message, its seal bound to its place: attachment, number,
count, size, sites. The first part bears the label before its content. Memory is one part's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from xiezhi.exchange.envelope.check import check_signature, find_pin, reject
from xiezhi.exchange.envelope.container import Container, decode, encode
from xiezhi.exchange.envelope.faults import Fault
from xiezhi.exchange.envelope.header import MAX_PAGES, MediaType, PartHeader, canonical
from xiezhi.exchange.envelope.kinds import BULK_KINDS, parse
from xiezhi.exchange.envelope.message import signed_bytes
from xiezhi.exchange.envelope.split import count_of, length_of
from xiezhi.security.algorithms import CryptoError, Sealed, suite

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from xiezhi.exchange.envelope.pins import SendingKeys, Trust

_LENGTH: Final = 4
_MAX_LABEL: Final = 16 * 1024
_PLACEHOLDER: Final = "00" * 32


class Label(BaseModel):
    """What the first part says of the content, unseen by anybody on the way."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = Field(max_length=512, pattern=r"^[^\x00]*$")
    media_type: MediaType
    pages: int | None = Field(default=None, ge=0, le=MAX_PAGES)


@dataclass(frozen=True, slots=True)
class PartDraft:
    """What the sender says of one part of one attachment; ``size`` is that of the whole."""

    id: UUID
    src: str
    dst: str
    epoch: int
    created_at: datetime
    attachment: UUID
    number: int
    size: int
    label: Label = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """The content of one part; the label is there in the first."""

    header: PartHeader
    label: Label | None = field(repr=False)
    content: bytes = field(repr=False)


def pack_part(draft: PartDraft, content: bytes, keys: SendingKeys) -> bytes:
    """Seal one part to the recipient and sign its header.

    Refuses: ``ValueError`` when ``content`` is not as long as this part of the whole must be.
    """
    if len(content) != length_of(draft.size, draft.number):
        msg = "the attachment is not as long as its record says"
        raise ValueError(msg)
    header = _header(draft, len(content), keys)
    plaintext = content if draft.number else _labelled(draft.label, content)
    sealed = keys.sealer.seal(plaintext, aad=header.bound())
    digest = keys.suite.digest
    digests = {
        "ciphertext": digest(sealed.ciphertext).hex(),
        "key": digest(sealed.wrapped_key + sealed.nonce).hex(),
    }
    raw = canonical(header.model_copy(update=digests))
    signature = keys.signer.sign(signed_bytes(raw))
    return encode(Container(raw, signature, sealed.wrapped_key, sealed.nonce, sealed.ciphertext))


def _header(draft: PartDraft, length: int, keys: SendingKeys) -> PartHeader:
    return PartHeader(
        id=draft.id,
        src=draft.src,
        dst=draft.dst,
        epoch=draft.epoch,
        created_at=draft.created_at,
        suite=keys.suite.name,
        sender_key=keys.signer.key_id,
        recipient_key=keys.sealer.key_id,
        attachment=draft.attachment,
        number=draft.number,
        count=count_of(draft.size),
        size=draft.size,
        length=length,
        ciphertext=_PLACEHOLDER,
        key=_PLACEHOLDER,
    )


def check_part(data: bytes, *, own_site: str, trust: Trust) -> PartHeader:
    """Check one part addressed to ``own_site`` without opening it.

    Refuses: :class:`EnvelopeRejected` with the first fault; never another error, for any bytes.
    """
    container = decode(data)
    header = parse(container.header, BULK_KINDS)
    pin = find_pin(header, container.header, trust)
    check_signature(header, container, pin)
    if canonical(header) != container.header:
        raise reject(Fault.NOT_CANONICAL, header, container)
    if header.dst != own_site or header.src == own_site:
        raise reject(Fault.DESTINATION, header, container)
    if not isinstance(header, PartHeader):
        raise reject(Fault.KIND, header, container)
    _check_digests(header, container)
    if trust.opening(header.recipient_key) is None:
        raise reject(Fault.RECIPIENT_KEY, header, container)
    return header


def open_part(data: bytes, *, trust: Trust) -> OpenedPart:
    """Open a part that passed ``check_part`` when it came, and has lain on a disk since.

    Refuses: :class:`EnvelopeRejected` when it cannot be opened.
    """
    container = decode(data)
    header = parse(container.header, BULK_KINDS)
    if not isinstance(header, PartHeader):
        raise reject(Fault.KIND, header, container)
    own = trust.opening(header.recipient_key)
    if own is None:
        raise reject(Fault.RECIPIENT_KEY, header, container)
    sealed = Sealed(container.encapsulated_key, container.iv, container.ciphertext)
    try:
        plaintext = own.opener.open(sealed, aad=header.bound())
        label, content = (None, plaintext) if header.number else _unlabelled(plaintext)
    except (CryptoError, ValueError):
        raise reject(Fault.CANNOT_OPEN, header, container) from None
    if len(content) != header.length:
        raise reject(Fault.PLAINTEXT_DIGEST, header, container)
    return OpenedPart(header, label, content)


def _check_digests(header: PartHeader, container: Container) -> None:
    digest = suite(header.suite).digest
    ciphertext = digest(container.ciphertext).hex()
    key = digest(container.encapsulated_key + container.iv).hex()
    if (ciphertext, key) != (header.ciphertext, header.key):
        raise reject(Fault.DIGEST, header, container)


def _labelled(label: Label, content: bytes) -> bytes:
    written = rfc8785.dumps(label.model_dump(mode="json"))
    return len(written).to_bytes(_LENGTH, "big") + written + content


def _unlabelled(plaintext: bytes) -> tuple[Label, bytes]:
    """Refuses: ``ValueError`` when there is no label that can be read."""
    end = _LENGTH + int.from_bytes(plaintext[:_LENGTH], "big")
    if end > min(_LENGTH + _MAX_LABEL, len(plaintext)):
        msg = "the label is too long"
        raise ValueError(msg)
    try:
        label = Label.model_validate(json.loads(plaintext[_LENGTH:end]))
    except (ValidationError, ValueError, RecursionError):
        msg = "the label cannot be read"
        raise ValueError(msg) from None
    return label, plaintext[end:]
