"""Send parts of attachments: seal each to the peer and put it into the bulk lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO, Final

import structlog
from django.conf import settings
from django.db import transaction

from xiezhi.exchange import blobs
from xiezhi.exchange.actions._move import mark_attachment
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.envelope.part import PartDraft, pack_part
from xiezhi.exchange.envelope.split import PART_SIZE, count_of, length_of
from xiezhi.exchange.limits import PARTS_AT_ONCE, PARTS_BYTES, resend_after
from xiezhi.exchange.models import OutboxAttachment, Peer
from xiezhi.exchange.states import AttachmentState
from xiezhi.exchange.transports import Transport
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.ids import uuid7
from xiezhi.security.algorithms import CryptoError

CANNOT_READ: Final = "exchange.cannot-read"

log = structlog.get_logger(__name__)


@dataclass
class _Way:
    """What one turn sends with, and how much it may still send."""

    peer: str
    transport: Transport
    trust: SiteTrust
    at: datetime
    actor: Actor
    epoch: int
    bytes: int = PARTS_BYTES
    parts: int = PARTS_AT_ONCE

    @property
    def open(self) -> bool:
        return self.bytes > 0 and self.parts > 0


@transaction.atomic
def send_parts(
    *, peer: str, transport: Transport, trust: SiteTrust, at: datetime, actor: Actor
) -> int:
    """Send the next few parts that wait for ``peer``, small attachments first; return how many.

    One turn sends no more than a few megabytes, so that messages never wait for files. A part
    bears its attachment's id and number: a repetition replaces what is under way. A crash before
    the row is marked sends the same parts twice; the peer keeps each once.
    """
    rows = (
        OutboxAttachment.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(dst=peer, state=AttachmentState.PENDING)
        .order_by("attempts", "size", "id")[:PARTS_AT_ONCE]
    )
    epoch = Peer.objects.filter(site=peer).values_list("epoch_out", flat=True).first() or 1
    way = _Way(peer, transport, trust, at, actor, epoch)
    done = 0
    for row in rows:
        if not way.open:
            break
        try:
            done += _send_some(row, way)
        except (Refusal, CryptoError, EnvelopeRejected, ValueError):
            # It waits behind the others: one damaged file stops no other.
            log.exception("attachment cannot be sent", blob=str(row.blob_id))
            _put_off(row, way)
    return done


def _send_some(row: OutboxAttachment, way: _Way) -> int:
    keys = way.trust.sending(row.dst, way.at)
    content = blobs.content_of(way.actor, row.blob_id)
    waiting = sorted(set(range(count_of(content.size))) - {*row.here, *row.sent})
    sent: list[int] = []
    with content.stream as source:
        for number in waiting:
            if not way.open:
                break
            source.seek(number * PART_SIZE)
            piece = source.read(length_of(content.size, number))
            draft = PartDraft(
                id=uuid7(),
                src=settings.XIEZHI_SITE,
                dst=row.dst,
                epoch=way.epoch,
                created_at=way.at,
                attachment=row.blob_id,
                number=number,
                size=content.size,
                label=content.label,
            )
            sealed = pack_part(draft, piece, keys)
            way.transport.put_bulk(row.dst, _name(draft), partial(_all_of, sealed))
            sent.append(number)
            way.bytes -= len(piece)
            way.parts -= 1
    point(At.BULK_AFTER_SPOOL)
    _mark(row, sent, whole=len(sent) == len(waiting), way=way)
    return len(sent)


def _all_of(sealed: bytes, sink: BinaryIO) -> None:
    sink.write(sealed)


def _name(draft: PartDraft) -> str:
    """Name the file so that names in order put attachments of one part before all others."""
    large = int(count_of(draft.size) > 1)
    return f"{large}{draft.attachment.hex}-{draft.number:05d}"


def _mark(row: OutboxAttachment, sent: list[int], *, whole: bool, way: _Way) -> None:
    kept = sorted({*row.sent, *sent})
    if not whole:
        mark_attachment(row, AttachmentState.PENDING, actor=way.actor, sent=kept)
        return
    attempts = row.attempts + 1
    mark_attachment(
        row,
        AttachmentState.SENT,
        actor=way.actor,
        sent=kept,
        sent_at=way.at,
        attempts=attempts,
        due_at=way.at + resend_after(attempts),
    )


def _put_off(row: OutboxAttachment, way: _Way) -> None:
    attempts = row.attempts + 1
    due = way.at + resend_after(attempts)
    mark_attachment(
        row,
        AttachmentState.SENT,
        actor=way.actor,
        attempts=attempts,
        due_at=due,
        reason=CANNOT_READ,
    )
