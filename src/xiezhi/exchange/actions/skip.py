"""Close a gap: pass over one position of a conversation, with a reason that both sites keep."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from xiezhi.contracts.exchange import SKIPS, PositionSkipped
from xiezhi.exchange.actions._arrivals import lock_conversation
from xiezhi.exchange.actions._move import move_in
from xiezhi.exchange.actions._record import record
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.errors import (
    AlreadySettled,
    NothingWaits,
    NotItsTurn,
    ReasonMissing,
    UnknownPosition,
)
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Direction, InboxMessage, OutboxMessage, Skip
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.states import SETTLED_OUTCOMES, SKIPPED, InboxState
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require
from xiezhi.foundation.transactions import acting

CARRIER = Actor.system("exchange.skip")

log = structlog.get_logger(__name__)


@transaction.atomic
def skip(
    *,
    peer: str,
    direction: Direction,
    conversation: str,
    position: int,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Skip:
    """Pass over one position and tell the peer in a signed message.

    Of the peer's conversation (``in``) only the position that blocks it, whether a message is held
    there or none came: where nothing waits, what is yet to be written would be lost. Of our own
    (``out``) a message that the peer has not settled; it is over when the peer says so, for it may
    have applied it meanwhile.
    Basis: 人民法院在线运行规则第三十四条.
    Refuses: ``ReasonMissing``, ``Forbidden``, ``AlreadySettled``, ``NotItsTurn``, ``NothingWaits``,
    ``UnknownPosition``. Idempotence and locks: the conversation is locked; the same skip again
    returns the first.
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    place = {"peer": peer, "direction": direction, "conversation": conversation}
    row = Skip(**place, position=position, reason=reason, decided_at=at, decided_here=True)
    require(GRANTS, May.SKIP, actor, row)
    row.decided_by = actor.post_id or actor.account_id
    known = Skip.objects.filter(**place, position=position).first()
    if known is not None:
        return known
    with acting(CARRIER):
        inward = direction == Direction.IN
        row.message_id = _pass_over(row) if inward else _own_message(row)
        row.notice_id = post(
            to=peer,
            message=PositionSkipped(
                whose="yours" if inward else "mine",
                conversation=conversation,
                position=position,
                message_id=row.message_id,
                reason=reason,
                decided_at=at,
            ),
            conversation=SKIPS,
            act_at=at,
            actor=CARRIER,
        )
        row.save(force_insert=True)
    log.warning("position passed over", peer=row.peer, position=row.position)
    facts = {"direction": row.direction, "position": row.position, "peer": row.peer}
    record("exchange.position_skipped", "skip", row.id, actor=actor, at=at, facts=facts)
    return row


def _pass_over(row: Skip) -> UUID | None:
    conversation = lock_conversation(row.peer, row.conversation)
    if row.position < conversation.next_position:
        raise AlreadySettled
    if row.position > conversation.next_position:
        raise NotItsTurn(position=conversation.next_position)
    waiting = InboxMessage.objects.filter(
        src=row.peer, conversation=row.conversation, state=InboxState.HELD
    )
    if not waiting.exists():
        raise NothingWaits
    held = (
        waiting.select_for_update(no_key=True)
        .filter(position=row.position)
        .defer("envelope")
        .first()
    )
    if held is not None:
        settled = {"settled_at": row.decided_at, "waiting_for": None, "retry_at": None}
        move_in(held, "refuse", actor=CARRIER, reason=SKIPPED, receipt_due=True, **settled)
    conversation.pass_over(row.position)
    return held.id if held else None


def _own_message(row: Skip) -> UUID:
    message = (
        OutboxMessage.objects.select_for_update(no_key=True)
        .filter(dst=row.peer, conversation=row.conversation, position=row.position)
        .defer("body", "envelope")
        .order_by("id")
        .last()
    )
    if message is None:
        raise UnknownPosition
    if message.outcome in SETTLED_OUTCOMES:
        raise AlreadySettled
    return message.id
