"""Keep an attachment all of whose parts are here: open them as one stream, inspect, store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import structlog
from django.db import connection, transaction

from xiezhi.exchange import blobs, staging
from xiezhi.exchange.actions._follow import tell_awaiting
from xiezhi.exchange.actions._move import mark_transfer
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.envelope.part import Label, open_part
from xiezhi.exchange.envelope.split import count_of
from xiezhi.exchange.models import InboxAttachment, InboxTransfer
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import AttachmentState, TransferState
from xiezhi.exchange.trust import SiteTrust
from xiezhi.files.inspection.refusals import FileRefused
from xiezhi.files.models import Blob
from xiezhi.foundation.actors import Actor

log = structlog.get_logger(__name__)


class _PartLost(Exception):
    """A part that was here cannot be opened."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@transaction.atomic
def keep_attachment(
    *, src: str, attachment_id: UUID, trust: SiteTrust, at: datetime, actor: Actor
) -> bool:
    """Open the parts in order into one stored content; tell whether the attachment is settled.

    A content that its inspection refuses is recorded as rejected: it rejects no act. A part
    that cannot be opened is dropped and asked for again. Messages that were applied without the
    attachment have their app told in this transaction. Memory is a few parts, for any size.
    Idempotence and locks: one process at a time opens an attachment; no row is locked while
    bytes move. The staged parts go only after the commit, by ``staging.drop_parts``.
    """
    transfer = InboxTransfer.objects.filter(src=src, attachment_id=attachment_id).first()
    if transfer is None or transfer.open_at is None or not _alone(attachment_id):
        return False
    parts = _Parts(transfer, trust)
    try:
        blob, reason = _kept(parts, at=at, actor=actor)
    except _PartLost as lost:
        _ask_again(_locked(transfer), lost.number, at=at, actor=actor)
        return False
    settled = _locked(transfer)
    _note(settled, parts.label, blob, reason, at)
    _mark(settled, reason, at=at, actor=actor)
    tell_awaiting(src=src, attachment_id=attachment_id, trust=trust, at=at)
    wake_relay()
    point(At.BULK_BEFORE_COMMIT)
    return True


class _Parts:
    """The staged parts of an attachment as one stream that is read once, from start to end."""

    def __init__(self, transfer: InboxTransfer, trust: SiteTrust) -> None:
        self._transfer, self._trust = transfer, trust
        self._rest = self._pieces()
        self._left = memoryview(b"")
        self.label: Label | None = None

    def begin(self) -> Label:
        """Open the first part for its label."""
        self._left = next(self._rest)
        if self.label is None:
            raise _PartLost(0)
        return self.label

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes of one part, or all that is left of it; none at the end."""
        while not self._left:
            piece = next(self._rest, None)
            if piece is None:
                return b""
            self._left = piece
        end = len(self._left) if size < 0 else size
        taken, self._left = bytes(self._left[:end]), self._left[end:]
        return taken

    def _pieces(self) -> Iterator[memoryview]:
        for number in range(count_of(self._transfer.size)):
            yield memoryview(self._opened(number))

    def _opened(self, number: int) -> bytes:
        transfer = self._transfer
        try:
            data = staging.kept_part(transfer.src, transfer.attachment_id, number)
            opened = open_part(data, trust=self._trust)
        except (EnvelopeRejected, FileNotFoundError):
            log.exception("part cannot be opened", attachment=str(transfer.attachment_id))
            raise _PartLost(number) from None
        place = (opened.header.src, opened.header.attachment, opened.header.number)
        whole = opened.header.size
        if (*place, whole) != (transfer.src, transfer.attachment_id, number, transfer.size):
            raise _PartLost(number)
        self.label = self.label or opened.label
        return opened.content


def _alone(attachment_id: UUID) -> bool:
    """Keep other processes from opening the same.

    Not by a row's lock: that would hold back the database's horizon while bytes move.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"exchange.keep:{attachment_id}"],
        )
        return bool(cursor.fetchone()[0])


def _locked(transfer: InboxTransfer) -> InboxTransfer:
    return InboxTransfer.objects.select_for_update(no_key=True).get(pk=transfer.pk)


def _kept(parts: _Parts, *, at: datetime, actor: Actor) -> tuple[Blob | None, str]:
    """Store the content, or say under which code its inspection refused it."""
    label = parts.begin()
    try:
        with transaction.atomic():
            return blobs.store(parts, label, at=at, actor=actor), ""
    except FileRefused as refusal:
        log.warning("attachment rejected", code=refusal.code)
        return None, refusal.code[:96]


def _note(
    transfer: InboxTransfer, label: Label | None, blob: Blob | None, reason: str, at: datetime
) -> None:
    InboxAttachment.objects.create(
        src=transfer.src,
        attachment_id=transfer.attachment_id,
        blob_id=blob.id if blob else None,
        digest=blob.digest if blob else "",
        size=transfer.size,
        media_type=label.media_type if label else "",
        pages=label.pages if label else None,
        state=AttachmentState.STORED if blob else AttachmentState.REJECTED,
        reason=reason,
        received_at=at,
    )


def _mark(transfer: InboxTransfer, reason: str, *, at: datetime, actor: Actor) -> None:
    mark_transfer(
        transfer,
        TransferState.REJECTED if reason else TransferState.STORED,
        actor=actor,
        reason=reason,
        here=[],
        open_at=None,
        tell_at=at,
    )


def _ask_again(transfer: InboxTransfer, number: int, *, at: datetime, actor: Actor) -> None:
    staging.drop_part(transfer.src, transfer.attachment_id, number)
    mark_transfer(
        transfer,
        TransferState.MISSING,
        actor=actor,
        here=[each for each in transfer.here if each != number],
        attempts=transfer.attempts + 1,
        open_at=None,
        tell_at=at,
    )
    wake_relay()
