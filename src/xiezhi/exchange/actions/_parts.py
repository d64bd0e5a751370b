"""Sign what we owe a peer about its attachments: which parts are here, what came of the whole."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings

from xiezhi.exchange.actions._peers import peer_of
from xiezhi.exchange.envelope.header import PartsEntry, PartsHeader, PartsState
from xiezhi.exchange.envelope.split import as_ranges
from xiezhi.exchange.envelope.statement import sign_statement
from xiezhi.exchange.models import InboxTransfer
from xiezhi.exchange.states import TransferState
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.ids import uuid7

_ENTRIES: Final = 64
_SETTLED: Final = (TransferState.STORED, TransferState.REJECTED)


def owed_parts(peer: str, trust: SiteTrust, at: datetime, limit: int) -> list[bytes]:
    """Claim the words due to ``peer``, sign them and strike them off; one envelope, or none."""
    rows = list(
        InboxTransfer.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(src=peer, tell_at__lte=at)
        .order_by("tell_at")[: min(limit, _ENTRIES)]
    )
    if not rows:
        return []
    keys = [row.pk for row in rows]
    InboxTransfer.objects.filter(pk__in=keys).update(tell_at=None, told_at=at)
    suite, signer = trust.signing(at)
    header = PartsHeader(
        id=uuid7(),
        src=settings.XIEZHI_SITE,
        dst=peer,
        epoch=peer_of(peer).epoch_out,
        created_at=at,
        suite=suite.name,
        sender_key=signer.key_id,
        entries=tuple(map(_about, rows)),
    )
    return [sign_statement(header, signer)]


def _about(row: InboxTransfer) -> PartsEntry:
    settled = row.state in _SETTLED
    return PartsEntry(
        attachment=row.attachment_id,
        state=PartsState(row.state),
        here=() if settled else as_ranges(row.here),
        reason=row.reason,
    )
