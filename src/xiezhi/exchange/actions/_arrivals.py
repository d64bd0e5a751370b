"""The counters and marks that an arriving message touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from xiezhi.foundation.ids import uuid7

# The update changes nothing and takes the row's lock, whether the row is new or known.
_LOCK: Final = """
INSERT INTO exchange_inboxconversation AS kept (id, src, conversation, next_position)
VALUES (%s, %s, %s, 1)
ON CONFLICT (src, conversation) DO UPDATE SET next_position = kept.next_position
RETURNING id, next_position, EXISTS (SELECT FROM exchange_inboxmessage WHERE id = %s)
"""
_ADVANCE: Final = "UPDATE exchange_inboxconversation SET next_position = %s WHERE id = %s"


@dataclass
class LockedConversation:
    """One conversation of a peer, locked until the transaction ends.

    ``known`` tells whether the message that was asked about is here already.
    """

    id: UUID
    next_position: int
    known: bool

    def advance(self) -> None:
        """Go on to the next position."""
        self.next_position += 1
        with connection.cursor() as cursor:
            cursor.execute(_ADVANCE, [self.next_position, self.id])


def lock_conversation(
    src: str, conversation: str, message_id: UUID | None = None
) -> LockedConversation:
    """Lock the counter of a message's conversation, making it if it is new."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [uuid7(), src, conversation, message_id])
        key, position, known = cursor.fetchone()
    return LockedConversation(key, position, known)
