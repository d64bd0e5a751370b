"""Settle a message that passed every check: apply, refuse or hold it."""

from __future__ import annotations

import json
from datetime import datetime

import structlog
from django.conf import settings
from django.db import OperationalError, connection, transaction
from pydantic import ValidationError

from xiezhi.contracts.messages import REGISTRY, Message
from xiezhi.contracts.versions import highest, upcast
from xiezhi.exchange.actions._arrivals import LockedConversation
from xiezhi.exchange.actions._follow import await_arriving
from xiezhi.exchange.actions._gates import Waiting, attachments_of, unmet
from xiezhi.exchange.actions._move import move_in
from xiezhi.exchange.causes import caused_by
from xiezhi.exchange.envelope.check import CheckedMessage
from xiezhi.exchange.handlers import Received, ReceivedAttachment, handler_of
from xiezhi.exchange.limits import retry_after
from xiezhi.exchange.models import InboxMessage
from xiezhi.exchange.states import NOT_PERMITTED, SKIPPED, Hold
from xiezhi.exchange.traffic import may_receive
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal

_ORDINARY = {Hold.PREDECESSOR, Hold.DEPENDENCY, Hold.ATTACHMENT, Hold.RECOVERY}

log = structlog.get_logger(__name__)


class _Unreadable(Exception):
    def __init__(self, hold: Hold) -> None:
        super().__init__(hold.value)
        self.hold = hold


def settle(
    row: InboxMessage,
    checked: CheckedMessage,
    conversation: LockedConversation,
    *,
    at: datetime,
    actor: Actor,
) -> None:
    """Bring ``row`` to its outcome and let the conversation go on if it is settled.

    The caller holds the conversation's lock and the transaction. A refusal rolls back to before
    the handler and is an outcome like any other: the sequence goes on. Any other error of the
    handler holds the message, to be tried again.
    """
    if row.position in conversation.passed_over:
        move_in(row, "refuse", actor=actor, reason=SKIPPED, **_settled(at))
        return
    known, turn = highest(row.type) is not None, row.position == conversation.next_position
    if known and turn and not may_receive(row.src, row.type):
        log.error("type not permitted", message=str(row.id), type=row.type, peer=row.src)
        move_in(row, "refuse", actor=actor, reason=NOT_PERMITTED, **_settled(at))
        conversation.advance()
        return
    waiting = unmet(row, conversation)
    if waiting is not None:
        _hold(row, waiting, at=at, actor=actor)
        return
    try:
        message = _read(row, checked)
        attachments = attachments_of(row, checked)
        _apply(message, _received(row, checked, attachments))
    except _Unreadable as unreadable:
        _hold(row, Waiting(unreadable.hold), at=at, actor=actor)
        return
    except Refusal as refusal:
        move_in(row, "refuse", actor=actor, reason=refusal.code[:96], **_settled(at))
    except OperationalError:
        raise
    except Exception:
        log.exception("handler failed", message=str(row.id), type=row.type)
        _hold(row, Waiting(Hold.HANDLER), at=at, actor=actor)
        return
    else:
        move_in(row, "apply", actor=actor, reason="", **_settled(at))
        await_arriving(row, attachments)
    conversation.advance()


def _settled(at: datetime) -> dict[str, object]:
    return {"settled_at": at, "waiting_for": None, "retry_at": None, "receipt_due": True}


def _hold(row: InboxMessage, waiting: Waiting, *, at: datetime, actor: Actor) -> None:
    retry_at = at + retry_after(row.attempts) if waiting.hold is Hold.HANDLER else None
    if waiting.hold not in _ORDINARY:
        log.error("message held", message=str(row.id), type=row.type, reason=waiting.hold.value)
    changed = row.reason != waiting.hold.value
    move_in(
        row,
        "hold",
        actor=actor,
        reason=waiting.hold.value,
        waiting_for=waiting.for_id,
        retry_at=retry_at,
        attempts=row.attempts + 1,
        receipt_due=row.receipt_due or changed,
    )


def _read(row: InboxMessage, checked: CheckedMessage) -> Message:
    if (row.type, row.version) not in REGISTRY:
        known = any(kind == row.type for kind, _ in REGISTRY)
        raise _Unreadable(Hold.UNKNOWN_VERSION if known else Hold.UNKNOWN_TYPE)
    try:
        message = upcast(row.type, row.version, json.loads(checked.body))
    except (ValidationError, ValueError, RecursionError):
        raise _Unreadable(Hold.SCHEMA) from None
    if handler_of(type(message)) is None:
        raise _Unreadable(Hold.NO_HANDLER)
    return message


def _apply(message: Message, received: Received) -> None:
    handler = handler_of(type(message))
    if handler is None:
        raise _Unreadable(Hold.NO_HANDLER)
    with transaction.atomic(), caused_by(received.message_id, settings.XIEZHI_SITE):
        handler(message, received)
        # A deferred constraint must fail here, where it holds the message, not at the commit.
        _check_deferred_constraints()


def _check_deferred_constraints() -> None:
    with connection.cursor() as cursor:
        # Two statements, one errand: what comes next in this transaction is deferred again.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _received(
    row: InboxMessage, checked: CheckedMessage, attachments: tuple[ReceivedAttachment, ...]
) -> Received:
    return Received(
        message_id=row.id,
        src=row.src,
        conversation=row.conversation,
        position=row.position,
        type=row.type,
        version=row.version,
        act_at=row.act_at,
        received_at=row.received_at,
        header_digest=row.header_digest,
        attachments=attachments,
        sender_key=checked.header.sender_key,
    )
