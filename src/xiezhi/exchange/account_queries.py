"""How the accounts with each peer stand, for operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Reconciliation, ReconciliationFinding
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.states import AccountState
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import visible

OPEN = (AccountState.PENDING, AccountState.DIFFERS)


def days_for(actor: Actor, peer: str) -> QuerySet[Reconciliation]:
    """List the days between us and a peer, the newest first."""
    rows = Reconciliation.objects.filter(visible(GRANTS, May.WATCH, actor), peer=peer)
    return rows.order_by("-day", "direction")


def open_days_for(actor: Actor, peer: str) -> QuerySet[Reconciliation]:
    """List the days that are not agreed yet or that differ, the oldest first."""
    return days_for(actor, peer).filter(state__in=OPEN).order_by("day", "direction")


def findings_for(actor: Actor, peer: str) -> QuerySet[ReconciliationFinding]:
    """List what is wrong now with messages of days that differ, the oldest first."""
    rows = ReconciliationFinding.objects.filter(visible(GRANTS, May.WATCH, actor), closed_at=None)
    return (
        rows.filter(reconciliation__peer=peer)
        .select_related("reconciliation")
        .order_by("message_id")
    )


@dataclass(frozen=True, slots=True)
class AccountsStanding:
    """One peer's accounts in four figures."""

    agreed_until: date | None
    pending: int
    differing: int
    findings: int


def accounts_standing(actor: Actor, peer: str) -> AccountsStanding:
    """Tell the newest day on which both sites agreed, and how much is open."""
    figures = days_for(actor, peer).aggregate(
        agreed=Max("day", filter=Q(state=AccountState.AGREED)),
        pending=Count("pk", filter=Q(state=AccountState.PENDING)),
        differing=Count("pk", filter=Q(state=AccountState.DIFFERS)),
    )
    return AccountsStanding(
        agreed_until=figures["agreed"],
        pending=figures["pending"],
        differing=figures["differing"],
        findings=findings_for(actor, peer).count(),
    )
