"""Begin recovery after a restore: a new epoch, and nothing new until every peer has answered."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog
from django.db import transaction
from django.db.models import Q

from xiezhi.exchange.actions._move import move_out_all
from xiezhi.exchange.actions._peers import peer_of, sealing_alone
from xiezhi.exchange.actions._record import record
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import OutboxMessage, Peer, Recovery
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.roster import peers
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import OutboxState
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require

_BATCH: Final = 500

log = structlog.get_logger(__name__)


@transaction.atomic
def begin_recovery(
    *, restored_at: datetime, at: datetime, actor: Actor, cause: str = "restore", seen: int = 0
) -> Recovery:
    """Put this site into recovery towards all its peers.

    ``restored_at`` is the instant up to which this site's memory reaches. The epoch is taken from
    the clock, since the database may have forgotten epochs it began: it is greater than any before,
    and than the one a peer has seen (``seen``), should the clock have been ahead once.
    What was sealed under an older epoch and is still open is sealed anew; bodies that have gone
    keep their envelope. Locks numbering and the row of each peer.
    """
    epoch = int(at.timestamp())
    names = peers()
    epoch = max([epoch, seen + 1, *(peer_of(name).epoch_out + 1 for name in names)])
    recovery = Recovery(restored_at=restored_at, epoch=epoch, begun_at=at, cause=cause)
    require(GRANTS, May.RECOVER, actor, recovery)
    recovery.save(force_insert=True)
    for name in names:
        sealing_alone(name)
        peer = Peer.objects.select_for_update(no_key=True).get(site=name)
        if peer.recovering_since is None:
            peer.forgot_epoch, peer.forgot_sequence = peer.epoch_out, peer.next_sequence
        peer.epoch_out, peer.next_sequence = epoch, 1
        peer.recovering_since, peer.standing_sent_at = at, None
        peer.save()
        _seal_anew(name, actor=actor)
    facts = {"epoch": epoch, "restored_at": restored_at, "cause": cause}
    record("exchange.recovery_begun", "recovery", recovery.id, actor=actor, at=at, facts=facts)
    log.critical("recovery begins", epoch=epoch, restored_at=restored_at.isoformat(), cause=cause)
    wake_relay()
    return recovery


def _seal_anew(peer: str, *, actor: Actor) -> None:
    under_way = Q(state__in=(OutboxState.SEALED, OutboxState.SENT)) | Q(
        state=OutboxState.ACKNOWLEDGED, due_at__isnull=False
    )
    rows = OutboxMessage.objects.filter(under_way, dst=peer, body__isnull=False)
    while batch := list(rows.defer("body", "envelope").order_by("id")[:_BATCH]):
        move_out_all(batch, "seal_anew", actor=actor, due_at=None, sent_at=None)
