"""Clear from the list of quarantined envelopes those whose message has come whole since."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from xiezhi.exchange.models import InboxMessage, Quarantined


@transaction.atomic
def clear_quarantine(*, src: str, at: datetime) -> int:
    """Mark as cleared what its sender has replaced; return how many. Nothing is deleted."""
    whole = InboxMessage.objects.filter(pk=OuterRef("claimed_id"), src=src)
    open_ones = Quarantined.objects.filter(src=src, cleared_at=None, claimed_id__isnull=False)
    return open_ones.filter(Exists(whole)).update(cleared_at=at)
