"""Send again what nobody has acknowledged in time, under the same id."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.exchange.actions._move import move_out
from xiezhi.exchange.envelope.container import decode
from xiezhi.exchange.envelope.header import MessageHeader, Outcome
from xiezhi.exchange.envelope.kinds import parse
from xiezhi.exchange.envelope.pins import SendingKeys
from xiezhi.exchange.limits import BATCH
from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.states import OutboxState
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor


@transaction.atomic
def repeat(*, peer: str, trust: SiteTrust, at: datetime, actor: Actor, limit: int = BATCH) -> int:
    """Put messages whose time has come back before sealing or sending; return how many.

    The same envelope goes again; a message that the peer quarantined, or whose keys have been
    followed by newer ones, is sealed anew. Acts of participants never expire. One whose body has
    gone with its first receipt goes as it was sealed: a restored peer kept its old keys.
    """
    due = (
        OutboxMessage.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(dst=peer, due_at__lte=at)
        .order_by("due_at")[:limit]
    )
    rows = list(due)
    if not rows:
        return 0
    keys = trust.sending(peer, at)
    for row in rows:
        if row.state == OutboxState.PENDING:
            row.due_at = None
            row.save(update_fields=["due_at"])
        elif row.body is not None and not _still_good(row, keys):
            move_out(row, "seal_anew", actor=actor, due_at=None)
        else:
            move_out(row, "repeat", actor=actor, due_at=None)
    return len(rows)


def _still_good(row: OutboxMessage, keys: SendingKeys) -> bool:
    if row.outcome == Outcome.QUARANTINED or not row.envelope:
        return False
    header = parse(decode(bytes(row.envelope or b"")).header)
    if not isinstance(header, MessageHeader) or header.position != row.position:
        return False
    return (header.sender_key, header.recipient_key) == (keys.signer.key_id, keys.sealer.key_id)
