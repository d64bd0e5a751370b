"""The one door through which messages and attachments change state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import InboxMessage, OutboxAttachment, OutboxMessage, Reconciliation
from xiezhi.exchange.states import (
    ACCOUNT,
    INBOX,
    OUTBOX,
    AccountState,
    AttachmentState,
    InboxState,
    OutboxState,
)
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require


def move_out(message: OutboxMessage, name: str, *, actor: Actor, **changes: Any) -> None:
    """Take the move ``name`` of a message of ours. The caller holds the row lock.

    Refuses: ``MoveRefused``, ``Forbidden``.
    """
    step = OUTBOX.take(name, OutboxState(message.state))
    require(GRANTS, step.permission, actor, message)
    message.state = step.target
    for field, value in changes.items():
        setattr(message, field, value)
    message.save(update_fields=["state", *changes])


def move_out_all(
    messages: Sequence[OutboxMessage], name: str, *, actor: Actor, **changes: Any
) -> None:
    """Take the same move of several messages in one statement. The caller holds the locks.

    Refuses: ``MoveRefused``, ``Forbidden``; then none is moved.
    """
    for message in messages:
        step = OUTBOX.take(name, OutboxState(message.state))
        require(GRANTS, step.permission, actor, message)
    keys = [message.pk for message in messages]
    target = OUTBOX.moves[name].target
    OutboxMessage.objects.filter(pk__in=keys).update(state=target, **changes)


def move_in(message: InboxMessage, name: str, *, actor: Actor, **changes: Any) -> None:
    """Take the move ``name`` of a peer's message. The caller holds the row lock.

    A message that has just come is written here for the first time, in the state it ends in.

    Refuses: ``MoveRefused``, ``Forbidden``.
    """
    step = INBOX.take(name, InboxState(message.state))
    require(GRANTS, step.permission, actor, message)
    message.state = step.target
    for field, value in changes.items():
        setattr(message, field, value)
    if message._state.adding:  # noqa: SLF001 - the documented way to ask whether a row is new
        message.save(force_insert=True)
    else:
        message.save(update_fields=["state", *changes])


def move_account(day: Reconciliation, name: str, *, actor: Actor, **changes: Any) -> None:
    """Take the move ``name`` of a day's account and save the row. The caller holds the row lock.

    Refuses: ``MoveRefused``, ``Forbidden``.
    """
    step = ACCOUNT.take(name, AccountState(day.state))
    require(GRANTS, step.permission, actor, day)
    day.state = step.target
    for field, value in changes.items():
        setattr(day, field, value)
    day.save()


def mark_attachment(attachment: OutboxAttachment, state: AttachmentState, **changes: Any) -> None:
    """Note where an attachment of ours is now. The caller holds the row lock."""
    attachment.state = state
    for field, value in changes.items():
        setattr(attachment, field, value)
    attachment.save(update_fields=["state", *changes])
