"""What the sites of the model say to each other, and what they do when they hear it."""

from __future__ import annotations

from typing import ClassVar

from xiezhi.contracts.messages import REGISTRY, Message
from xiezhi.contracts.traffic import IN, OUT, TRAFFIC
from xiezhi.exchange import handlers
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.handlers import Received
from xiezhi.exchange.tests.notes import TESTER, NotWanted


class Word(Message):
    """Something said; ``ask`` is answered, ``refuse`` is refused."""

    TYPE: ClassVar[str] = "test.word"

    kind: str
    number: int


class NewWord(Word):
    """A type that sites understand only after the next release."""

    TYPE: ClassVar[str] = "test.new_word"


def listen(message: Word, received: Received) -> None:
    """Answer what is asked, refuse what is to be refused, keep the rest."""
    if message.kind == "refuse":
        raise NotWanted
    if message.kind == "ask":
        post(
            to=received.src,
            message=Word(kind="answer", number=message.number),
            conversation=received.conversation,
            act_at=received.received_at,
            actor=TESTER,
        )


def release(*, new: bool) -> None:
    """Let both sites understand words, and new words if the next release is out."""
    for word in (Word, NewWord):
        REGISTRY[(word.TYPE, word.VERSION)] = word
        TRAFFIC[word.TYPE] = IN | OUT
    handlers.handles(Word)(listen)
    handlers.forget(NewWord)
    if new:
        handlers.handles(NewWord)(listen)


def withdraw() -> None:
    """Forget the words of this model."""
    for word in (Word, NewWord):
        REGISTRY.pop((word.TYPE, word.VERSION), None)
        handlers.forget(word)
