"""Take what a peer says it understands, and let go what waited for that."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from django.db import transaction

from xiezhi.exchange.models import OutboxMessage, Peer
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import OutboxState, PeerLacks

log = structlog.get_logger(__name__)


@transaction.atomic
def take_announcement(*, peer: str, accepts: Mapping[str, int]) -> bool:
    """Record the highest version of each type that ``peer`` reads; tell whether it is news.

    Idempotent. Messages that waited for the peer to be brought up to date are looked at again.
    """
    announced = dict(accepts)
    known = Peer.objects.get_or_create(site=peer)[0]
    if known.announced == announced:
        return False
    Peer.objects.filter(pk=known.pk).update(announced=announced)
    waiting = OutboxMessage.objects.filter(dst=peer, state=OutboxState.PENDING)
    freed = waiting.filter(due_at__isnull=False, reason__in=PeerLacks.values).update(due_at=None)
    log.info("peer announced", peer=peer, types=len(announced), freed=freed)
    if freed:
        wake_relay()
    return True
