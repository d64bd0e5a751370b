"""What sites tell each other about the exchange itself: gaps that were closed, acts returned."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Base64Bytes, Field

from xiezhi.contracts.messages import Message, released
from xiezhi.contracts.payloads import ShortText

CONTROL = "exchange."
"""Types that begin so concern the exchange itself: they cross even while a site recovers."""

SKIPS = "exchange:skips"


@released
class PositionSkipped(Message):
    """An operator closed a gap; ``whose`` says whether the conversation is the sender's own."""

    TYPE: ClassVar[str] = "exchange.position_skipped"

    whose: Literal["mine", "yours"]
    conversation: ShortText
    position: int = Field(ge=1)
    message_id: UUID | None
    reason: str = Field(min_length=1, max_length=2000)
    decided_at: AwareDatetime


@released
class MessageReturned(Message):
    """A message of the receiver's own, which it forgot in a restore, with its own signature.

    ``header`` and ``signature`` are as they came; ``plaintext`` is the salted body whose digest the
    header bears, so that the receiver can prove its own word to itself.
    """

    TYPE: ClassVar[str] = "exchange.message_returned"

    header: Base64Bytes
    signature: Base64Bytes
    plaintext: Base64Bytes
    outcome: ShortText
    reason: str = Field(default="", max_length=96)
    received_at: AwareDatetime


@released
class ReturnEnded(Message):
    """Everything that the receiver forgot has been returned."""

    TYPE: ClassVar[str] = "exchange.return_ended"

    epoch: int = Field(ge=1)
    count: int = Field(ge=0)


def conversation_of_return(epoch: int) -> str:
    """Name the conversation in which what was forgotten before ``epoch`` is returned."""
    return f"exchange:return:{epoch}"
