"""Compare what both sides say of a day, and send the details of the hours that differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Final
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from xiezhi.contracts.messages import AccountDetail, AccountEntry, conversation_of_account
from xiezhi.exchange.actions._move import move_account
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.daybook import Entry, entries, hours_as_json, hours_that_differ
from xiezhi.exchange.days import hour_floors
from xiezhi.exchange.envelope.account import DayHeader
from xiezhi.exchange.limits import account_again_after
from xiezhi.exchange.models import Reconciliation
from xiezhi.exchange.states import AccountState, Direction
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal

DETAIL: Final = 2000

log = structlog.get_logger(__name__)


def lock_day(peer: str, direction: Direction, day: date) -> Reconciliation:
    """Lock the row of a day, made if it is new."""
    known = Reconciliation.objects.filter(peer=peer, direction=direction, day=day)
    if not known.exists():
        Reconciliation.objects.bulk_create(
            [Reconciliation(peer=peer, direction=direction, day=day)], ignore_conflicts=True
        )
    return known.select_for_update(no_key=True).get()


def compare(
    day: Reconciliation, theirs: DayHeader, *, open_count: int, at: datetime, actor: Actor
) -> None:
    """Bring a day to its outcome. The caller holds the row lock and has counted our side.

    As long as messages of the day are under way nothing differs. What an operator has explained
    stays explained until either side says something new.
    """
    day.peer_count, day.peer_root = theirs.count, theirs.root
    day.peer_hours = hours_as_json(theirs.hours)
    day.open_count, day.compared_at = open_count, at
    if open_count:
        move_account(day, "wait", actor=actor)
    elif day.own_root == day.peer_root:
        move_account(day, "agree", actor=actor, due_at=None)
        day.findings.filter(closed_at=None).update(closed_at=at)
    elif day.state == AccountState.EXPLAINED and day.roots == day.drilled:
        day.save()
    else:
        _differ(day, at=at, actor=actor)


def _differ(day: Reconciliation, *, at: datetime, actor: Actor) -> None:
    log.error(
        "accounts differ",
        peer=day.peer,
        direction=day.direction,
        day=str(day.day),
        own=day.own_count,
        theirs=day.peer_count,
    )
    # The same pair of roots has been looked into, and a peer that says something new at every
    # moment is not followed at every moment.
    rested = day.drilled_at is None or at >= day.drilled_at + account_again_after() / 2
    if day.drilled != day.roots and rested and _send_details(day, at=at, actor=actor):
        day.drilled, day.drilled_at = day.roots, at
    move_account(day, "differ", actor=actor)


def _send_details(day: Reconciliation, *, at: datetime, actor: Actor) -> bool:
    """Post what we hold of the hours that differ; tell whether it could be posted."""
    floors = list(pairwise(hour_floors(day.day)))
    direction = Direction(day.direction)
    sender = settings.XIEZHI_SITE if direction == Direction.OUT else day.peer
    try:
        with transaction.atomic():
            for hour in hours_that_differ(day):
                first, before = floors[hour]
                ours = entries(day.peer, direction, first, before)
                for detail in _details(sender, day.day, first, before, ours):
                    post(
                        to=day.peer,
                        message=detail,
                        conversation=conversation_of_account(sender, day.day),
                        act_at=at,
                        actor=actor,
                    )
    except Refusal as refusal:
        log.warning("details not sent", peer=day.peer, day=str(day.day), code=refusal.code)
        return False
    return True


def _details(
    sender: str, day: date, first: UUID, before: UUID, ours: Iterator[Entry]
) -> Iterator[AccountDetail]:
    """Cut a stretch into messages that follow one another without a gap."""

    def detail(upto: UUID, part: list[AccountEntry]) -> AccountDetail:
        return AccountDetail(sender=sender, day=day, first=first, before=upto, entries=tuple(part))

    part: list[AccountEntry] = []
    for message_id, content in ours:
        if len(part) == DETAIL:
            yield detail(message_id, part)
            first, part = message_id, []
        part.append(AccountEntry(id=message_id, digest=content))
    yield detail(before, part)
