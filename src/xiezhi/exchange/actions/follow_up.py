"""Tell apps of attachments that are here and of which they have not been told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from xiezhi.exchange.actions._follow import tell_awaiting
from xiezhi.exchange.models import AwaitedAttachment, InboxAttachment
from xiezhi.exchange.trust import SiteTrust


@transaction.atomic
def follow_up(*, src: str, trust: SiteTrust, at: datetime, limit: int) -> int:
    """Tell again where an app failed, or where message and attachment were taken in at once.

    Returns how many were told. Idempotent.
    """
    here = InboxAttachment.objects.filter(
        src=OuterRef("src"), attachment_id=OuterRef("attachment_id")
    )
    waiting = AwaitedAttachment.objects.filter(Exists(here), src=src).order_by("attachment_id")
    found = waiting.values_list("attachment_id", flat=True).distinct()[:limit]
    return sum(tell_awaiting(src=src, attachment_id=each, trust=trust, at=at) for each in found)
