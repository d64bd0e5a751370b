"""Handlers: what an installed app does with a message, and with news of its own messages.

An app's ``handlers.py`` registers ``@handles(ApplicationSubmitted)`` functions. They run inside
the transaction that records the message; raising a ``Refusal`` refuses the message for a business
reason, any other error holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

import structlog
from django.db import OperationalError, transaction
from django.utils.module_loading import autodiscover_modules

from xiezhi.contracts.messages import Message

M = TypeVar("M", bound=Message)
ARRIVING: Final = "exchange.attachment-arriving"


@dataclass(frozen=True, slots=True)
class ReceivedAttachment:
    """An attachment as it stands here; ``id`` is the sender's, ``blob_id`` ours.

    ``blob_id`` is none when the attachment was rejected, or is still arriving: the act counts,
    its file is missing, and ``reason`` says why.
    """

    id: UUID
    blob_id: UUID | None
    size: int
    media_type: str
    pages: int | None
    reason: str = ""

    @property
    def arriving(self) -> bool:
        """Tell whether it is still on its way; a follower is told when it is settled."""
        return self.reason == ARRIVING


@dataclass(frozen=True, slots=True)
class AttachmentNews:
    """News of an attachment that was still arriving when its message was applied."""

    message_id: UUID
    src: str
    conversation: str
    message: Message
    attachment: ReceivedAttachment
    settled_at: datetime


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


@dataclass(frozen=True, slots=True)
class Restored:
    """One message of ours that a restore made us forget, as its peer returned it."""

    message_id: UUID
    dst: str
    conversation: str
    act_at: datetime
    returned_at: datetime


Handler = Callable[[M, Received], None]
Restorer = Callable[[M, Restored], bool]
Follower = Callable[[Delivered], None]
AttachmentFollower = Callable[[AttachmentNews], None]

log = structlog.get_logger(__name__)

_handlers: dict[type[Message], Callable[[Any, Received], None]] = {}
_followers: list[Follower] = []
_restorers: dict[type[Message], Callable[[Any, Restored], bool]] = {}
_attachment_followers: list[AttachmentFollower] = []


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


def restores(message: type[M]) -> Callable[[Restorer[M]], Restorer[M]]:
    """Register what puts an act of ours back after a restore, from the message it had caused.

    It returns whether the whole act stands again; if not, the item stays open for a person.
    """

    def register(restorer: Restorer[M]) -> Restorer[M]:
        _restorers[message] = restorer
        return restorer

    return register


def forget_restorer(message: type[Message]) -> None:
    """Take a restorer back."""
    _restorers.pop(message, None)


def restorer_of(message: type[Message]) -> Callable[[Any, Restored], bool] | None:
    """Return what puts the act behind a message back, if an app has it."""
    return _restorers.get(message)


def follows_delivery(follower: Follower) -> Follower:
    """Have ``follower`` run in the transaction that takes a receipt. Idempotent."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def unfollow(follower: Follower) -> None:
    """Take a follower back."""
    _followers.remove(follower)


def follows_attachment(follower: AttachmentFollower) -> AttachmentFollower:
    """Have ``follower`` run in the transaction that settles a late attachment. Idempotent.

    It is told of every message that was applied without the attachment. One that fails is tried
    again later.
    """
    if follower not in _attachment_followers:
        _attachment_followers.append(follower)
    return follower


def unfollow_attachment(follower: AttachmentFollower) -> None:
    """Take a follower back."""
    _attachment_followers.remove(follower)


def tell_attachment(news: AttachmentNews) -> None:
    """Run the followers of attachments; what one of them raises undoes all."""
    for follower in _attachment_followers:
        follower(news)


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
