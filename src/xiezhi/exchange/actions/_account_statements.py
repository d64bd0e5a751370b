"""Sign the accounts and the words on accounts that we owe a peer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from xiezhi.exchange.actions._peers import peer_of
from xiezhi.exchange.envelope.account import AccountHeader, AccountWordHeader, DayHeader, Hour
from xiezhi.exchange.envelope.statement import sign_statement
from xiezhi.exchange.models import Reconciliation
from xiezhi.exchange.states import Direction
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.ids import uuid7

AT_ONCE: Final = 16


def owed_accounts(peer: str, trust: SiteTrust, at: datetime, limit: int) -> list[bytes]:
    """Claim the days about which something is owed to ``peer``, sign them and strike them off."""
    rows = list(
        Reconciliation.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(peer=peer, statement_due=True)
        .order_by("id")[: min(limit, AT_ONCE)]
    )
    if not rows:
        return []
    Reconciliation.objects.filter(pk__in=[row.pk for row in rows]).update(statement_due=False)
    suite, signer = trust.signing(at)
    shared = {
        "src": settings.XIEZHI_SITE,
        "dst": peer,
        "epoch": peer_of(peer).epoch_out,
        "created_at": at,
        "suite": suite.name,
        "sender_key": signer.key_id,
    }
    return [sign_statement(_header({**shared, **_said(row)}), signer) for row in rows]


def _said(row: Reconciliation) -> dict[str, Any]:
    day = {
        "day": row.day,
        "count": row.own_count,
        "root": row.own_root,
        "hours": tuple(Hour(count=count, root=root) for count, root in row.own_hours),
    }
    if row.direction == Direction.OUT:
        return {**day, "id": row.account_id, "open": row.open_count}
    return {**day, "id": uuid7(), "account": row.account_id}


def _header(fields: Mapping[str, Any]) -> DayHeader:
    kind = AccountHeader if "open" in fields else AccountWordHeader
    return kind.model_validate(fields)
