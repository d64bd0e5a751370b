"""Handlers: what an installed app does with a message, and with news of its own messages.

An app's ``handlers.py`` registers ``@handles(ApplicationSubmitted)`` functions. They run inside
the transaction that records the message; raising a ``Refusal`` refuses the message for a business
reason, any other error holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import structlog
from django.db import OperationalError, transaction
from django.utils.module_loading import autodiscover_modules

from xiezhi.contracts.messages import Message

M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True)
class ReceivedAttachment:
    """An attachment as it stands here; ``id`` is the sender's, ``blob_id`` ours.

    ``blob_id`` is none when the attachment was rejected: the act counts, its file is missing, and
    ``reason`` says why.
    """

    id: UUID
    blob_id: UUID | None
    size: int
    media_type: str
    pages: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What the signed header says of a message, and when it came."""

    message_id: UUID
    src: str
    conversation: str
    position: int
    type: str
    version: int
    act_at: datetime
    received_at: datetime
    header_digest: str
    attachments: tuple[ReceivedAttachment, ...] = field(default=())
    sender_key: str = ""

    def blob_of(self, attachment_id: UUID) -> UUID | None:
        """Return our blob of the sender's attachment, if it was accepted."""
        return next((a.blob_id for a in self.attachments if a.id == attachment_id), None)


@dataclass(frozen=True, slots=True)
class Delivered:
    """News of a message of ours: its peer has told the outcome."""

    message_id: UUID
    dst: str
    conversation: str
    type: str
    outcome: str
    reason: str
    received_at: datetime


Handler = Callable[[M, Received], None]
Follower = Callable[[Delivered], None]

log = structlog.get_logger(__name__)

_handlers: dict[type[Message], Callable[[Any, Received], None]] = {}
_followers: list[Follower] = []


def handles(message: type[M]) -> Callable[[Handler[M]], Handler[M]]:
    """Register the one handler of a message on this site."""

    def register(handler: Handler[M]) -> Handler[M]:
        known = _handlers.setdefault(message, handler)
        if known is not handler:
            msg = f"{message.__name__} has two handlers: {known.__module__}, {handler.__module__}"
            raise ValueError(msg)
        return handler

    return register


def forget(message: type[Message]) -> None:
    """Take a handler back, for a release that no longer has it and for tests."""
    _handlers.pop(message, None)


def follows_delivery(follower: Follower) -> Follower:
    """Have ``follower`` run in the transaction that takes a receipt. Idempotent."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def unfollow(follower: Follower) -> None:
    """Take a follower back."""
    _followers.remove(follower)


def handler_of(message: type[Message]) -> Callable[[Any, Received], None] | None:
    """Return the handler of a message on this site, if there is one."""
    return _handlers.get(message)


def tell(delivered: Delivered) -> None:
    """Run the followers. One that fails is undone and logged: the receipt counts all the same."""
    for follower in _followers:
        try:
            with transaction.atomic():
                follower(delivered)
        except OperationalError:
            raise
        except Exception:
            log.exception("follower failed", message=str(delivered.message_id))


def discover() -> None:
    """Import ``handlers`` of every installed app."""
    autodiscover_modules("handlers")
