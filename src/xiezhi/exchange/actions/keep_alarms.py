"""Raise alarms about what is wrong now, and clear those whose cause is gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from django.db import transaction

from xiezhi.exchange.models import Alarm
from xiezhi.exchange.watch.finding import Finding
from xiezhi.foundation.actors import Actor

log = structlog.get_logger(__name__)


@transaction.atomic
def keep_alarms(*, peer: str, found: Sequence[Finding], at: datetime, actor: Actor) -> int:
    """Make the open alarms of ``peer`` be those of ``found``; return how many are new.

    Idempotence and locks: the open alarms are locked; the same findings again change only when
    they were seen last. Nothing is deleted: what was wrong last week is still there to read.
    """
    del actor
    open_now = {
        (row.kind, row.peer, row.subject): row
        for row in Alarm.objects.select_for_update().filter(peer=peer, cleared_at=None)
    }
    present = {each.key: each for each in found}
    for key, row in open_now.items():
        if key not in present:
            row.cleared_at = at
            row.save(update_fields=["cleared_at"])
            log.info("alarm cleared", kind=row.kind, peer=row.peer, subject=row.subject)
    new = 0
    for key, each in present.items():
        known = open_now.get(key)
        if known is None:
            new += 1
            _raise(each, at)
            continue
        known.text, known.count, known.message_id = each.text, each.count, each.message_id
        known.seen_at = at
        known.save(update_fields=["text", "count", "message_id", "seen_at"])
    return new


def _raise(found: Finding, at: datetime) -> None:
    Alarm.objects.create(
        kind=found.kind,
        peer=found.peer,
        subject=found.subject,
        text=found.text,
        count=found.count,
        message_id=found.message_id,
        raised_at=at,
        seen_at=at,
    )
    log.error("alarm raised", kind=str(found.kind), peer=found.peer, subject=found.subject)
