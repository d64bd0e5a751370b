"""The one door through which messages and attachments change state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection

from xiezhi.exchange.envelope.message import Packed
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import (
    InboxMessage,
    InboxTransfer,
    OutboxAttachment,
    OutboxMessage,
    Peer,
    ProposedKey,
    Reconciliation,
)
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.states import (
    ACCOUNT,
    INBOX,
    OUTBOX,
    PEER,
    PROPOSAL,
    AccountState,
    AttachmentState,
    InboxState,
    OutboxState,
    PeerState,
    ProposalState,
    TransferState,
)
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require

# The ids are given twice: an array of constants lets the planner pass over other partitions.
_SEAL: Final = """
UPDATE exchange_outboxmessage AS kept
SET state = %s, epoch = %s, sealed_at = %s, reason = '', sequence = new.sequence,
    envelope = new.envelope, header_digests = kept.header_digests || new.digest,
    content_digest = new.content
FROM unnest(%s::uuid[], %s::bigint[], %s::bytea[], %s::varchar[], %s::varchar[])
    AS new (id, sequence, envelope, digest, content)
WHERE kept.id = new.id AND kept.id = ANY(%s::uuid[])
"""


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


def move_out_sealed(
    sealed: Sequence[tuple[OutboxMessage, Packed]], *, epoch: int, at: datetime, actor: Actor
) -> None:
    """Take the move ``seal`` of several messages, each with its own envelope, in one statement.

    The number in the sequence is the row's. The caller holds the locks.
    Refuses: ``MoveRefused``, ``Forbidden``; then none is moved.
    """
    if not sealed:
        return
    for message, _ in sealed:
        step = OUTBOX.take("seal", OutboxState(message.state))
        require(GRANTS, step.permission, actor, message)
    columns = (
        [message.pk for message, _ in sealed],
        [message.sequence for message, _ in sealed],
        [packed.data for _, packed in sealed],
        [packed.header_digest for _, packed in sealed],
        [packed.content_digest for _, packed in sealed],
    )
    with connection.cursor() as cursor:
        cursor.execute(_SEAL, [OUTBOX.moves["seal"].target, epoch, at, *columns, columns[0]])


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


def mark_attachment(
    attachment: OutboxAttachment, state: AttachmentState, *, actor: Actor, **changes: Any
) -> None:
    """Note where an attachment of ours is now. The caller holds the row lock.

    Refuses: ``Forbidden``.
    """
    require(GRANTS, May.CARRY, actor, attachment)
    attachment.state = state
    for field, value in changes.items():
        setattr(attachment, field, value)
    attachment.save(update_fields=["state", *changes])


def mark_transfer(
    transfer: InboxTransfer, state: TransferState, *, actor: Actor, **changes: Any
) -> None:
    """Note how far an attachment of a peer has come. The caller holds the row lock.

    Refuses: ``Forbidden``.
    """
    require(GRANTS, May.CARRY, actor, transfer)
    transfer.state = state
    for field, value in changes.items():
        setattr(transfer, field, value)
    transfer.save(update_fields=["state", *changes])


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
