"""The counters and marks that an arriving message touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from xiezhi.exchange.models import InboxConversation
from xiezhi.foundation.ids import uuid7

# The update changes nothing and takes the row's lock, whether the row is new or known.
_LOCK: Final = """
INSERT INTO exchange_inboxconversation AS kept (id, src, conversation, next_position)
VALUES (%s, %s, %s, 1)
ON CONFLICT (src, conversation) DO UPDATE SET next_position = kept.next_position
RETURNING id, next_position, passed_over,
    EXISTS (SELECT FROM exchange_inboxmessage WHERE id = %s),
    EXISTS (SELECT FROM exchange_peer WHERE recovering_since IS NOT NULL)
"""
_ADVANCE: Final = "UPDATE exchange_inboxconversation SET next_position = %s WHERE id = %s"


@dataclass
class LockedConversation:
    """One conversation of a peer, locked until the transaction ends.

    ``known`` tells whether the message that was asked about is here already.
    """

    id: UUID
    next_position: int
    passed_over: list[int]
    known: bool
    recovering: bool

    def advance(self) -> None:
        """Go on to the next position that is not to be passed over."""
        self.next_position += 1
        while self.next_position in self.passed_over:
            self.next_position += 1
        with connection.cursor() as cursor:
            cursor.execute(_ADVANCE, [self.next_position, self.id])

    def pass_over(self, position: int) -> None:
        """Go past ``position``, at once if it is the next, else when it is reached.

        It stays in the list for ever: what arrives later for it is refused.
        """
        self.passed_over.append(position)
        InboxConversation.objects.filter(pk=self.id).update(passed_over=self.passed_over)
        if position == self.next_position:
            self.advance()


def lock_conversation(
    src: str, conversation: str, message_id: UUID | None = None
) -> LockedConversation:
    """Lock the counter of a message's conversation, making it if it is new."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [uuid7(), src, conversation, message_id])
        found = cursor.fetchone()
    return LockedConversation(*found)
