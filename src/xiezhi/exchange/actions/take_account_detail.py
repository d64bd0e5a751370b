"""Take the details of hours in which two accounts differ: find what, and mend what can be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from xiezhi.contracts.messages import AccountDetail
from xiezhi.exchange.actions._accounts import lock_day
from xiezhi.exchange.actions._send_again import send_again
from xiezhi.exchange.daybook import Difference, differences, entries
from xiezhi.exchange.days import hour_floors
from xiezhi.exchange.envelope.header import YEARS
from xiezhi.exchange.models import Reconciliation, ReconciliationFinding
from xiezhi.exchange.states import Direction, FindingKind
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal

_BATCH = 500

log = structlog.get_logger(__name__)


class DetailRefused(Refusal):
    """Details that are of no account of ours, or contradict themselves."""

    code = "exchange.account-detail"
    text = "对账明细与本系统的往来不符。"


@transaction.atomic
def take_account_detail(*, message: AccountDetail, src: str, at: datetime, actor: Actor) -> None:
    """Compare a stretch of the peer's messages with ours, record what differs, mend what we can.

    What the peer lacks of ours is sent again as it was sealed; what we lack of the peer's, the
    peer sends again when it has our details. Each detail is whole by itself, so their order does
    not matter; taking one again changes nothing. Refuses: ``DetailRefused``.
    """
    direction = _direction(message, src)
    day = lock_day(src, direction, message.day)
    stretch = day.findings.filter(message_id__gte=message.first, message_id__lt=message.before)
    stretch.filter(closed_at=None).update(closed_at=at)
    theirs = ((each.id, each.digest) for each in message.entries)
    ours = entries(src, direction, message.first, message.before)
    batch: list[Difference] = []
    for each in differences(ours, theirs):
        batch.append(each)
        if len(batch) == _BATCH:
            _deal_with(day, batch, at=at, actor=actor)
            batch = []
    _deal_with(day, batch, at=at, actor=actor)


def _direction(message: AccountDetail, src: str) -> Direction:
    if message.day.year not in YEARS:
        raise DetailRefused
    floors = hour_floors(message.day)
    ids = [each.id for each in message.entries]
    ordered = all(left < right for left, right in pairwise(ids))
    inside = not ids or message.first <= ids[0] <= ids[-1] < message.before
    ours, theirs = message.sender == settings.XIEZHI_SITE, message.sender == src
    if not (ordered and inside and floors[0] <= message.first < message.before <= floors[-1]):
        raise DetailRefused
    if theirs:
        return Direction.IN
    known = Reconciliation.objects.filter(peer=src, direction=Direction.OUT, day=message.day)
    if not ours or not known.exists():
        raise DetailRefused
    return Direction.OUT


def _deal_with(
    day: Reconciliation, found: Sequence[Difference], *, at: datetime, actor: Actor
) -> None:
    if not found:
        return
    ReconciliationFinding.objects.bulk_create(
        [
            ReconciliationFinding(
                reconciliation=day,
                message_id=each.message_id,
                kind=each.kind,
                own_digest=each.own,
                peer_digest=each.theirs,
                found_at=at,
            )
            for each in found
        ],
        update_conflicts=True,
        unique_fields=["reconciliation", "message_id"],
        update_fields=["kind", "own_digest", "peer_digest", "closed_at"],
    )
    missing = [each.message_id for each in found if each.kind == FindingKind.MISSING_THERE]
    sent = _mend(day, missing, actor)
    log.error("messages differ", peer=day.peer, day=str(day.day), found=len(found), sent_again=sent)


def _mend(day: Reconciliation, missing: Sequence[UUID], actor: Actor) -> int:
    if day.direction != Direction.OUT or not missing:
        return 0
    return send_again(day.peer, missing, actor=actor)
