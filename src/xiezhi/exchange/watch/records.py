"""Alarms and interventions, as operators look them up."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Alarm, Intervention
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require, visible


def alarms(actor: Actor, *, open_only: bool) -> QuerySet[Alarm]:
    """List alarms, the newest first. Refuses: ``Forbidden`` unless an operator."""
    require(GRANTS, May.WATCH, actor, Alarm())
    rows = Alarm.objects.filter(visible(GRANTS, May.WATCH, actor)).order_by("-id")
    return rows.filter(cleared_at__isnull=True) if open_only else rows


def alarm(actor: Actor, alarm_id: UUID) -> Alarm:
    """Find one alarm. Refuses: ``NotFound``, ``Forbidden``."""
    found = alarms(actor, open_only=False).filter(pk=alarm_id).first()
    if found is None:
        raise NotFound
    return found


def interventions(actor: Actor) -> QuerySet[Intervention]:
    """List what operators did, the newest first. Refuses: ``Forbidden`` unless an operator."""
    require(GRANTS, May.WATCH, actor, Intervention())
    return Intervention.objects.filter(visible(GRANTS, May.WATCH, actor)).order_by("-id")
