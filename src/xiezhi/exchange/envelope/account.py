"""Accounts: what two sites say of the messages of one day, as roots over ids and digests.

The sender of the day's messages gives an *account*; their receiver answers with its own *word* on
the same day. Equal roots end the matter; unequal hours say where to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Final, Literal, Self
from uuid import UUID

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from xiezhi.exchange.envelope.header import (
    YEARS,
    Count,
    Hex,
    Identifier,
    MessageHeader,
    StatementHeader,
)
from xiezhi.exchange.envelope.tree import Tree
from xiezhi.security.algorithms import digest

HOURS: Final = 24
_CONTENT: Final = "xiezhi content 1"
_HOUR: Final = b"xiezhi hour 1\n"
_MESSAGE: Final = b"xiezhi message 1\n"


def content_digest(header: MessageHeader) -> str:
    """Digest what a message says, apart from how it was sealed; both sites compute the same.

    The body and its attachments are in it by their salted digests: who does not know the salt
    cannot guess a content and see it confirmed. No part can hold a line end, so no two contents
    give the same lines.
    """
    lines = [
        _CONTENT,
        str(header.id),
        header.src,
        header.dst,
        header.conversation,
        str(header.position),
        " ".join(map(str, header.after)),
        header.type,
        str(header.version),
        header.act_at.isoformat(),
        header.digests.plaintext,
        *(f"{each.id} {each.digest}" for each in header.attachments),
    ]
    return digest("\n".join(lines).encode()).hex()


def _to_day(value: object) -> date:
    day = value if isinstance(value, date) else date.fromisoformat(str(value))
    if day.year not in YEARS:
        msg = "a day without hours in every zone"
        raise ValueError(msg)
    return day


Day = Annotated[date, BeforeValidator(_to_day), PlainSerializer(date.isoformat, return_type=str)]


class Hour(BaseModel):
    """How many messages one hour holds, and the root over them in the order of their ids."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    count: Count
    root: Hex


def hour_of(leaves: Iterable[tuple[UUID, str]]) -> Hour:
    """Take the account of one hour: pairs of id and content digest, in ascending order."""
    tree = Tree()
    for message_id, content in leaves:
        tree.add(_MESSAGE + message_id.bytes + bytes.fromhex(content))
    return Hour(count=tree.size, root=tree.root().hex())


def day_root(hours: Sequence[Hour]) -> str:
    """Return the root of a day over its twenty-four hours, each with its count."""
    tree = Tree()
    for hour in hours:
        tree.add(_HOUR + hour.count.to_bytes(8, "big") + bytes.fromhex(hour.root))
    return tree.root().hex()


class DayHeader(StatementHeader):
    """What both statements say of a day; one that contradicts itself cannot be read."""

    day: Day
    count: Count
    root: Hex
    hours: Annotated[tuple[Hour, ...], Field(min_length=HOURS, max_length=HOURS)]

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.root != day_root(self.hours) or self.count != sum(h.count for h in self.hours):
            msg = "the hours do not make the day"
            raise ValueError(msg)
        return self


class AccountHeader(DayHeader):
    """The sender's account of a day; ``open`` of its messages have not been settled yet."""

    kind: Literal["account"] = "account"
    open: Count


class AccountWordHeader(DayHeader):
    """The receiver's word on the same day, naming the account that it answers."""

    kind: Literal["account_word"] = "account_word"
    account: Identifier
