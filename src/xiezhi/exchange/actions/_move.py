"""The one door through which messages and attachments change state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import (
    InboxMessage,
    OutboxAttachment,
    OutboxMessage,
    Peer,
    ProposedKey,
)
from xiezhi.exchange.states import (
    INBOX,
    OUTBOX,
    PEER,
    PROPOSAL,
    AttachmentState,
    InboxState,
    OutboxState,
    PeerState,
    ProposalState,
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


def mark_attachment(attachment: OutboxAttachment, state: AttachmentState, **changes: Any) -> None:
    """Note where an attachment of ours is now. The caller holds the row lock."""
    attachment.state = state
    for field, value in changes.items():
        setattr(attachment, field, value)
    attachment.save(update_fields=["state", *changes])


def move_peer(peer: Peer, name: str, *, actor: Actor) -> None:
    """Take the move ``name`` of a peer. The caller holds the row lock.

    Refuses: ``MoveRefused``, ``Forbidden``.
    """
    step = PEER.take(name, PeerState(peer.state))
    require(GRANTS, step.permission, actor, peer)
    peer.state = step.target
    peer.save(update_fields=["state"])


def move_proposal(key: ProposedKey, name: str, *, actor: Actor, **changes: Any) -> None:
    """Take the move ``name`` of a proposed key. The caller holds the row lock.

    Refuses: ``MoveRefused``, ``Forbidden``.
    """
    step = PROPOSAL.take(name, ProposalState(key.state))
    require(GRANTS, step.permission, actor, key)
    key.state = step.target
    for field, value in changes.items():
        setattr(key, field, value)
    key.save(update_fields=["state", *changes])
