"""One thing that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiezhi.exchange.states import AlarmKind


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with the exchange with one peer.

    ``subject`` tells two findings of a kind apart and stays the same as long as the thing is
    wrong. ``text`` is a sentence for an operator, without personal data. ``queue`` names the list
    in which the messages concerned stand.
    """

    kind: AlarmKind
    peer: str
    text: str
    since: datetime | None = None
    subject: str = ""
    count: int = 1
    message_id: UUID | None = None
    queue: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Give what an alarm about the same thing has in common with it."""
        return (self.kind, self.peer, self.subject)
