"""A message for tests, and a handler whose effect is an answer in the outbox."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from xiezhi.contracts.messages import Message
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.handlers import Received
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TESTER = Actor.system("exchange.test")


class Note(Message):
    """A line of text."""

    TYPE: ClassVar[str] = "test.note"

    text: str


class NotWanted(Refusal):
    """The business reason of these tests."""

    code = "test.not-wanted"
    text = "不受理这条消息。"


FAULTS: set[str] = set()
SEEN: list[Received] = []


def answer(message: Note, received: Received) -> None:
    """Answer with the same text; refuse, break or say nothing when the text says so."""
    SEEN.append(received)
    if message.text.startswith("quiet"):
        return
    post(
        to=received.src,
        message=Note(text="quiet answer") if message.text.startswith("please") else message,
        conversation=received.conversation,
        act_at=received.act_at,
        actor=TESTER,
    )
    if message.text.startswith("refuse"):
        raise NotWanted
    if message.text in FAULTS:
        raise RuntimeError(message.text)
