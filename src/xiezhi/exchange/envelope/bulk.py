"""The bulk lane: one attachment per file, a signed header and an encrypted stream of chunks.

Layout: four magic bytes, the length of the head (four bytes, big-endian), the head (a container
whose iv and ciphertext are empty), the stream. Memory stays constant for any size of content.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from xiezhi.exchange.envelope.check import check_signature, find_pin, reject
from xiezhi.exchange.envelope.container import Container, decode, encode
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.header import (
    MAX_PAGES,
    AttachmentHeader,
    MediaType,
    canonical,
)
from xiezhi.exchange.envelope.kinds import BULK_KINDS, parse
from xiezhi.exchange.envelope.message import signed_bytes
from xiezhi.security.algorithms import (
    CHUNK_SIZE,
    BadSeal,
    ChunkedReader,
    ChunkedWriter,
    CryptoError,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from xiezhi.exchange.envelope.pins import SendingKeys, Trust
    from xiezhi.security.algorithms import Suite

MAGIC: Final = b"XZB1"
_LENGTH: Final = 4
_MAX_HEAD: Final = 64 * 1024
_MAX_LABEL: Final = 16 * 1024


class Label(BaseModel):
    """What the stream says of its content first, unseen by anybody on the way."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = Field(max_length=512, pattern=r"^[^\x00]*$")
    media_type: MediaType
    pages: int | None = Field(default=None, ge=0, le=MAX_PAGES)


@dataclass(frozen=True, slots=True)
class BulkDraft:
    """What the sender says of one attachment."""

    id: UUID
    src: str
    dst: str
    epoch: int
    created_at: datetime
    attachment: UUID
    size: int
    label: Label = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedBulk:
    """A checked bulk file; ``content`` verifies each chunk as it is read."""

    header: AttachmentHeader
    label: Label = field(repr=False)
    suite: Suite = field(repr=False)
    content: BinaryIO = field(repr=False)


def write_bulk(draft: BulkDraft, source: BinaryIO, sink: BinaryIO, keys: SendingKeys) -> None:
    """Stream ``source`` into ``sink`` as one bulk file.

    Refuses: ``ValueError`` when the source does not hold exactly ``draft.size`` bytes: the file
    is then unfinished and opens nowhere.
    """
    content_key = keys.recipient_suite.new_key()
    wrapped = keys.sealer.wrap(content_key)
    header = canonical(
        AttachmentHeader(
            id=draft.id,
            src=draft.src,
            dst=draft.dst,
            epoch=draft.epoch,
            created_at=draft.created_at,
            suite=keys.suite.name,
            sender_key=keys.signer.key_id,
            recipient_key=keys.sealer.key_id,
            attachment=draft.attachment,
            size=draft.size,
            key=keys.suite.digest(wrapped).hex(),
        )
    )
    head = encode(Container(header, keys.signer.sign(signed_bytes(header)), wrapped, b"", b""))
    sink.write(MAGIC + len(head).to_bytes(_LENGTH, "big") + head)
    label = rfc8785.dumps(draft.label.model_dump(mode="json"))
    with ChunkedWriter(sink, keys.recipient_suite.aead(content_key), context=header) as stream:
        stream.write(len(label).to_bytes(_LENGTH, "big") + label)
        sent = 0
        while chunk := source.read(CHUNK_SIZE):
            sent += len(chunk)
            stream.write(chunk)
        if sent != draft.size:
            msg = "the attachment is not as long as its record says"
            raise ValueError(msg)


def open_bulk(source: BinaryIO, *, own_site: str, trust: Trust) -> OpenedBulk:
    """Check the head of a bulk file and open its stream.

    Refuses: :class:`EnvelopeRejected`; reading ``content`` refuses with ``BadSeal`` at a chunk
    that was changed.
    """
    container = _read_head(source)
    header = parse(container.header, BULK_KINDS)
    pin = find_pin(header, container.header, trust)
    check_signature(header, container, pin)
    if canonical(header) != container.header or container.iv or container.ciphertext:
        raise reject(Fault.NOT_CANONICAL, header, container)
    if header.dst != own_site or header.src == own_site or not isinstance(header, AttachmentHeader):
        raise reject(Fault.DESTINATION, header, container)
    if pin.suite.digest(container.encapsulated_key).hex() != header.key:
        raise reject(Fault.DIGEST, header, container)
    own = trust.opening(header.recipient_key)
    if own is None:
        raise reject(Fault.RECIPIENT_KEY, header, container)
    try:
        aead = own.suite.aead(own.opener.unwrap(container.encapsulated_key))
        stream = ChunkedReader(source, aead, context=container.header)
        content = io.BufferedReader(stream, CHUNK_SIZE)
        label = _read_label(content)
    except (CryptoError, ValueError):
        raise reject(Fault.CANNOT_OPEN, header, container) from None
    if stream.size - content.tell() != header.size:
        raise reject(Fault.PLAINTEXT_DIGEST, header, container)
    return OpenedBulk(header, label, pin.suite, content)


def _read_head(source: BinaryIO) -> Container:
    start = source.read(len(MAGIC) + _LENGTH)
    length = int.from_bytes(start[len(MAGIC) :], "big")
    if len(start) != len(MAGIC) + _LENGTH or not start.startswith(MAGIC) or length > _MAX_HEAD:
        raise EnvelopeRejected(Fault.CONTAINER)
    return decode(source.read(length))


def _read_label(content: BinaryIO) -> Label:
    length = int.from_bytes(content.read(_LENGTH), "big")
    if length > _MAX_LABEL:
        raise BadSeal("the label is too long")
    try:
        return Label.model_validate(json.loads(content.read(length)))
    except (ValidationError, ValueError, RecursionError):
        raise BadSeal("the label cannot be read") from None
