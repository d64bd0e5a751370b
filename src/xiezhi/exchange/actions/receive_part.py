"""Receive one part of an attachment: check it, stage it, and note that it is here."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from xiezhi.exchange import staging
from xiezhi.exchange.actions._move import mark_transfer
from xiezhi.exchange.actions.quarantine import quarantine
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.envelope.header import PartHeader
from xiezhi.exchange.envelope.part import check_part
from xiezhi.exchange.limits import attachment_limit, tell_after
from xiezhi.exchange.models import InboxAttachment, InboxTransfer
from xiezhi.exchange.states import AttachmentState, QuarantineReason, TransferState
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor

TOO_LARGE: Final = "files.too-large"
_MEDIA_TYPE: Final = "application/octet-stream"


@transaction.atomic
def receive_part(
    *, data: bytes, src: str, trust: SiteTrust, at: datetime, actor: Actor
) -> PartHeader | None:
    """Take in one part from the tray of ``src``; return its header if it is of use.

    Each part is verified by itself and not opened. Idempotence: a part that is here replaces
    itself; a part of an attachment that is settled only has the outcome told again. The part is
    durable before the row says so: a crash in between stages it twice.
    """
    try:
        header = check_part(data, own_site=settings.XIEZHI_SITE, trust=trust)
    except EnvelopeRejected as rejected:
        _quarantine(src, QuarantineReason(rejected.fault.value), len(data), at)
        return None
    if header.src != src:
        _quarantine(src, QuarantineReason.TRAY, len(data), at)
        return None
    transfer = _transfer(header, at)
    if transfer.size != header.size:
        _quarantine(src, QuarantineReason.COLLISION, len(data), at)
        return None
    if transfer.state in {TransferState.STORED, TransferState.REJECTED}:
        mark_transfer(transfer, TransferState(transfer.state), actor=actor, tell_at=at)
        return None
    if header.size > attachment_limit():
        _turn_back(transfer, at=at, actor=actor)
        return None
    staging.keep_part(src, header.attachment, header.number, data)
    point(At.BULK_AFTER_STAGING)
    _note(transfer, header, at=at, actor=actor)
    return header


def _transfer(header: PartHeader, at: datetime) -> InboxTransfer:
    """Lock the row of the attachment, made with its first part."""
    place = {"src": header.src, "attachment_id": header.attachment}
    if not InboxTransfer.objects.filter(**place).exists():
        InboxTransfer.objects.bulk_create(
            [InboxTransfer(**place, size=header.size, began_at=at)], ignore_conflicts=True
        )
    return InboxTransfer.objects.select_for_update(no_key=True).get(**place)


def _note(transfer: InboxTransfer, header: PartHeader, *, at: datetime, actor: Actor) -> None:
    here = sorted({*transfer.here, header.number})
    whole = len(here) == header.count
    soon = (transfer.told_at or at) + tell_after()
    mark_transfer(
        transfer,
        TransferState.ARRIVING,
        actor=actor,
        here=here,
        open_at=at if whole else None,
        tell_at=None if whole else (transfer.tell_at or soon),
    )


def _turn_back(transfer: InboxTransfer, *, at: datetime, actor: Actor) -> None:
    """Settle what is larger than is taken by its header alone: its parts need not come."""
    InboxAttachment.objects.create(
        src=transfer.src,
        attachment_id=transfer.attachment_id,
        digest="",
        size=transfer.size,
        media_type=_MEDIA_TYPE,
        state=AttachmentState.REJECTED,
        reason=TOO_LARGE,
        received_at=at,
    )
    mark_transfer(transfer, TransferState.REJECTED, actor=actor, reason=TOO_LARGE, tell_at=at)


def _quarantine(src: str, reason: QuarantineReason, size: int, at: datetime) -> None:
    quarantine(src=src, reason=reason, data=b"", header=None, header_bytes=b"", at=at, size=size)
