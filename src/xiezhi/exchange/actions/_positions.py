"""Places in conversations of ours that a peer knows and we forgot."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog
from django.db import connection

from xiezhi.exchange.actions._move import move_out_all
from xiezhi.exchange.envelope.header import MessageHeader
from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.states import SETTLED_OUTCOMES, OutboxState
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7

# The counter jumps past the highest place seen; it never falls.
_JUMP: Final = """
INSERT INTO exchange_outboxconversation AS kept (id, dst, conversation, next_position)
VALUES (%s, %s, %s, %s)
ON CONFLICT (dst, conversation)
DO UPDATE SET next_position = greatest(kept.next_position, excluded.next_position)
RETURNING next_position
"""
_SET: Final = """
UPDATE exchange_outboxconversation SET next_position = %s WHERE dst = %s AND conversation = %s
"""

log = structlog.get_logger(__name__)


def make_room(header: MessageHeader, *, actor: Actor) -> None:
    """Give the header its place: jump the counter, and move what stands there behind it.

    Only unsettled messages of ours can stand there: they were posted after the restore, before the
    peer's word came. They keep their ids and are sealed anew at their new places.
    """
    with connection.cursor() as cursor:
        values: list[UUID | str | int] = [
            uuid7(),
            header.dst,
            header.conversation,
            header.position + 1,
        ]
        cursor.execute(_JUMP, values)
        (free,) = cursor.fetchone()
    standing = list(
        OutboxMessage.objects.select_for_update(no_key=True)
        .filter(dst=header.dst, conversation=header.conversation, position=header.position)
        .exclude(pk=header.id)
        .exclude(outcome__in=SETTLED_OUTCOMES)
        .defer("envelope")
    )
    for row in standing:
        log.warning("a message makes room", message=str(row.id), position=free)
        if row.state != OutboxState.PENDING:
            move_out_all([row], "seal_anew", actor=actor, due_at=None)
        OutboxMessage.objects.filter(pk=row.pk).update(position=free)
        free += 1
    if standing:
        with connection.cursor() as cursor:
            cursor.execute(_SET, [free, header.dst, header.conversation])
