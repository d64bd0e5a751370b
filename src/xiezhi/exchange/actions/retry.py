"""Try a held message again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from xiezhi.exchange.actions._arrivals import lock_conversation
from xiezhi.exchange.actions._settle import settle
from xiezhi.exchange.envelope.check import reopen
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.models import InboxMessage
from xiezhi.exchange.queries import freed_by
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import InboxState
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor

log = structlog.get_logger(__name__)


@transaction.atomic
def retry(*, message_id: UUID, trust: SiteTrust, at: datetime, actor: Actor) -> list[UUID]:
    """Settle a held message if what it waited for is there; return what that may free in turn.

    Idempotence and locks: the conversation is locked first, as on arrival; a message that is no
    longer held is left alone.
    """
    place = InboxMessage.objects.filter(pk=message_id).values_list("src", "conversation").first()
    if place is None:
        return []
    conversation = lock_conversation(*place, message_id)
    row = InboxMessage.objects.select_for_update(no_key=True).get(pk=message_id)
    if row.state != InboxState.HELD:
        return []
    try:
        checked = reopen(bytes(row.envelope), trust=trust)
    except EnvelopeRejected:
        log.exception("a held message cannot be opened any more", message=str(row.id))
        return []
    settle(row, checked, conversation, at=at, actor=actor)
    wake_relay()
    return [] if row.state == InboxState.HELD else freed_by([row])
