"""The signed headers: what every site may know of a message without opening it.

Headers hold ids, times and salted digests, never personal data.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final, Literal
from uuid import UUID

import rfc8785
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)

VERSION: Final = 1
MAX_INTEGER: Final = 2**53 - 1
MAX_PAGES: Final = 1_000_000
_INSTANT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


def _to_instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.strptime(str(value), _INSTANT).replace(tzinfo=UTC)


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        msg = "an instant without a zone"
        raise ValueError(msg)
    return value.astimezone(UTC)


def _to_uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


Instant = Annotated[
    datetime,
    BeforeValidator(_to_instant),
    AfterValidator(_aware),
    PlainSerializer(lambda value: value.strftime(_INSTANT), return_type=str),
]
Identifier = Annotated[UUID, BeforeValidator(_to_uuid), PlainSerializer(str, return_type=str)]
Count = Annotated[int, Field(strict=True, ge=0, le=MAX_INTEGER)]
Ordinal = Annotated[int, Field(strict=True, ge=1, le=MAX_INTEGER)]
Hex = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{2}){16,64}$")]
SiteId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
KeyId = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9._-]{0,63}$")]
MediaType = Annotated[str, Field(pattern=r"^[a-z0-9.+-]{1,63}/[a-z0-9.+-]{1,64}$")]
Conversation = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._:/-]{0,127}$")]


class Piece(BaseModel):
    """A piece of a header: nothing unknown, nothing changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Digests(Piece):
    """Digests of the salted plaintext, the ciphertext with its tag, and ``ek || iv``."""

    plaintext: Hex
    ciphertext: Hex
    key: Hex


class AttachmentRef(Piece):
    """One attachment of the bulk lane; ``digest`` is salted by the body's salt."""

    id: Identifier
    digest: Hex
    size: Count
    media_type: MediaType
    pages: Annotated[int, Field(strict=True, ge=0, le=MAX_PAGES)] | None = None


class Outcome(StrEnum):
    """What became of a message at the receiver."""

    APPLIED = "applied"
    REFUSED = "refused"
    HELD = "held"
    QUARANTINED = "quarantined"


class Header(Piece):
    """What all kinds of envelope say first."""

    v: Literal[1] = VERSION
    kind: str
    id: Identifier
    src: SiteId
    dst: SiteId
    epoch: Ordinal
    created_at: Instant
    suite: Word
    sender_key: KeyId


class StatementHeader(Header):
    """A word of one site to another that stands outside the sequence and has no body.

    A later statement of the same kind says everything an earlier one did, so losing one loses
    nothing.
    """


class MessageHeader(Header):
    """The header of a message: its place in the sequence, its type, the legal time of its act."""

    kind: Literal["message"] = "message"
    recipient_key: KeyId
    sequence: Ordinal
    conversation: Conversation
    position: Ordinal
    after: Annotated[tuple[Identifier, ...], Field(max_length=64)] = ()
    type: Word
    version: Ordinal
    act_at: Instant
    size: Count
    digests: Digests
    attachments: Annotated[tuple[AttachmentRef, ...], Field(max_length=512)] = ()

    def bound(self) -> bytes:
        """Give the bytes that the body's seal is bound to: a body fits no other message."""
        names = {"v", "kind", "id", "src", "dst", "epoch", "sequence", "conversation"}
        names |= {"position", "type", "version", "suite", "recipient_key"}
        return rfc8785.dumps(self.model_dump(include=names))


class ReceiptEntry(Piece):
    """The word on one message, naming the header that was received by its digest."""

    message: Identifier
    header_digest: Hex
    outcome: Outcome
    reason: Annotated[str, Field(pattern=r"^(?:[a-z][a-z0-9._-]{0,95})?$")] = ""
    received_at: Instant
    settled_at: Instant | None = None


class ReceiptHeader(StatementHeader):
    """A receipt: outside the sequence, one signature over the words on several messages."""

    kind: Literal["receipt"] = "receipt"
    entries: Annotated[tuple[ReceiptEntry, ...], Field(min_length=1, max_length=512)]


class AttachmentHeader(Header):
    """The header of one file in the bulk lane; ``key`` is the digest of its wrapped content key.

    Name, type and pages travel inside the encrypted stream.
    """

    kind: Literal["attachment"] = "attachment"
    recipient_key: KeyId
    attachment: Identifier
    size: Count
    key: Hex


def canonical(header: Header) -> bytes:
    """Write a header in its one form (RFC 8785)."""
    return rfc8785.dumps(header.model_dump(mode="json"))
