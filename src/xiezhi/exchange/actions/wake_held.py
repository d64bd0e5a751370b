"""Wake what is held for want of a handler, when a process of a newer release starts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.exchange.models import InboxMessage
from xiezhi.exchange.states import Hold, InboxState

RELEASE_MENDS = (
    Hold.UNKNOWN_TYPE,
    Hold.UNKNOWN_VERSION,
    Hold.NO_HANDLER,
    Hold.SCHEMA,
    Hold.HANDLER,
)


@transaction.atomic
def wake_held(*, at: datetime) -> int:
    """Have messages that a newer release may understand tried again now; return how many."""
    held = InboxMessage.objects.filter(state=InboxState.HELD, reason__in=RELEASE_MENDS)
    return held.update(retry_at=at)
