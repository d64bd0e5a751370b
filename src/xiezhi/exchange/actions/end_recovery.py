"""End recovery towards a peer that has returned everything."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from xiezhi.exchange.actions._record import record as note
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Peer, Recovery
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.recovery import recovering
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require

log = structlog.get_logger(__name__)


@transaction.atomic
def end_recovery(*, peer: str, epoch: int, at: datetime, actor: Actor) -> bool:
    """Take new acts towards ``peer`` again; tell whether the whole site has recovered.

    A word about an older epoch changes nothing: another restore has begun since. Idempotent.
    """
    record = Peer.objects.select_for_update(no_key=True).get(site=peer)
    require(GRANTS, May.RECOVER, actor, record)
    if record.epoch_out != epoch or record.recovering_since is None:
        return not recovering()
    record.recovering_since, record.standing_sent_at = None, None
    record.forgot_epoch = record.forgot_sequence = None
    record.save()
    if recovering():
        return False
    for each in Recovery.objects.filter(finished_at=None):
        each.finished_at = at
        each.save(update_fields=["finished_at"])
        facts = {"epoch": each.epoch}
        note("exchange.recovery_ended", "recovery", each.id, actor=actor, at=at, facts=facts)
    log.warning("recovery ended", peer=peer, epoch=epoch)
    return True
