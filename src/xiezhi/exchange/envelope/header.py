"""The signed headers: what every site may know of a message without opening it.

Headers hold ids, times and salted digests, never personal data.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final, Literal, Self
from uuid import UUID

import rfc8785
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from xiezhi.exchange.envelope.split import MAX_PARTS, MAX_RANGES, PART_SIZE, count_of, length_of

VERSION: Final = 1
MAX_INTEGER: Final = 2**53 - 1
MAX_PAGES: Final = 1_000_000
YEARS: Final = range(1900, 9000)
"""Instants and days outside cannot be those of an act, and cannot be written in every zone."""
_INSTANT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


def _to_instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.strptime(str(value), _INSTANT).replace(tzinfo=UTC)


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        msg = "an instant without a zone"
        raise ValueError(msg)
    if value.year not in YEARS:
        msg = "an instant that cannot be told in every zone"
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
Reason = Annotated[str, Field(pattern=r"^(?:[a-z][a-z0-9._-]{0,95})?$")]
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
    reason: Reason = ""
    received_at: Instant
    settled_at: Instant | None = None


class ReceiptHeader(StatementHeader):
    """A receipt: outside the sequence, one signature over the words on several messages."""

    kind: Literal["receipt"] = "receipt"
    entries: Annotated[tuple[ReceiptEntry, ...], Field(min_length=1, max_length=512)]


class PartHeader(Header):
    """The header of one part of an attachment: its place in the whole, and digests of its seal.

    ``size`` is that of the whole content, ``length`` that of its piece in this part. Name, type
    and pages travel sealed, before the content of part 0.
    """

    kind: Literal["part"] = "part"
    recipient_key: KeyId
    attachment: Identifier
    number: Annotated[int, Field(strict=True, ge=0, lt=MAX_PARTS)]
    count: Annotated[int, Field(strict=True, ge=1, le=MAX_PARTS)]
    size: Count
    length: Annotated[int, Field(strict=True, ge=0, le=PART_SIZE)]
    ciphertext: Hex
    key: Hex

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.count, self.length) != (count_of(self.size), length_of(self.size, self.number)):
            msg = "this part does not fit its whole"
            raise ValueError(msg)
        return self

    def bound(self) -> bytes:
        """Give the bytes that the part's seal is bound to: it fits no other place and no other."""
        names = {"v", "kind", "src", "dst", "suite", "recipient_key", "attachment"}
        names |= {"number", "count", "size", "length"}
        return rfc8785.dumps(self.model_dump(mode="json", include=names))


class PartsState(StrEnum):
    """How far an attachment has come at its receiver; ``missing`` asks for what is not named."""

    ARRIVING = "arriving"
    MISSING = "missing"
    STORED = "stored"
    REJECTED = "rejected"


Number = Annotated[int, Field(strict=True, ge=0, lt=MAX_PARTS)]


class PartsEntry(Piece):
    """The word on one attachment: which parts are here, as ranges with both ends."""

    attachment: Identifier
    state: PartsState
    here: Annotated[tuple[tuple[Number, Number], ...], Field(max_length=MAX_RANGES)] = ()
    reason: Reason = ""

    def numbers(self) -> set[int]:
        """Name every part that is here. Bounded, whatever the ranges say."""
        return {each for first, last in self.here for each in range(first, last + 1)}


class PartsHeader(StatementHeader):
    """What has arrived of attachments: outside the sequence, one signature over several."""

    kind: Literal["parts"] = "parts"
    entries: Annotated[tuple[PartsEntry, ...], Field(min_length=1, max_length=64)]


def canonical(header: Header) -> bytes:
    """Write a header in its one form (RFC 8785)."""
    return rfc8785.dumps(header.model_dump(mode="json"))
