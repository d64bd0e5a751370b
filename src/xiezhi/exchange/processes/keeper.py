"""The keeper: take in parts of attachments, and keep those that are whole. Messages never wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from xiezhi.exchange import staging
from xiezhi.exchange.actions.follow_up import follow_up
from xiezhi.exchange.actions.keep_attachment import keep_attachment
from xiezhi.exchange.actions.quarantine import quarantine
from xiezhi.exchange.actions.receive_part import receive_part
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.container import MAX_ENVELOPE
from xiezhi.exchange.limits import BATCH
from xiezhi.exchange.processes.receiver import ACTOR, Receiver
from xiezhi.exchange.processes.troubles import Troubles
from xiezhi.exchange.queries import settled_among, whole_attachments
from xiezhi.exchange.states import QuarantineReason
from xiezhi.exchange.transports import Arrived, Lane, Transport
from xiezhi.exchange.trust import site_trust
from xiezhi.foundation.transactions import acting

SWEEP_EVERY: Final = timedelta(seconds=10)
PATIENCE: Final = timedelta(seconds=30)
LOOK_EVERY: Final = timedelta(seconds=1)

log = structlog.get_logger(__name__)


class Keeper:
    """One pass over the bulk lane is a tick; each part, and each whole, is a transaction."""

    def __init__(
        self,
        receiver: Receiver,
        transport: Transport,
        peers: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        """Keep what the ticks need; ``receiver`` is told when messages may go on."""
        self._receiver = receiver
        self._transport, self._clock = transport, clock
        self.peers = peers
        self.troubles = Troubles()
        self._sweep_at: datetime | None = None
        self._later: dict[UUID, datetime] = {}
        self._look_at: dict[str, datetime] = {}

    def begin(self) -> None:
        """Remove what a power cut left of attachments that are settled."""
        for peer in self.peers:
            with acting(ACTOR):
                settled = settled_among(peer, staging.staged(peer))
            for each in settled:
                staging.drop_parts(peer, each)

    def tick(self) -> int:
        """Take in parts of every peer and keep what is whole; return how many of both."""
        done = 0
        at = self._clock()
        for peer in self.peers:
            taken = 0
            for file in self._receiver.arrived(peer, Lane.BULK):
                taken += self._receiver.deal_with(file, self._part)
            # Without anything new the database is asked now and then, not twenty times a second.
            if taken or at >= self._look_at.get(peer, at):
                kept = self._whole(peer)
                self._look_at[peer] = at if kept else at + LOOK_EVERY
                taken += kept
            done += taken
        if self._sweep_at is None or at >= self._sweep_at:
            self._sweep_at = at + SWEEP_EVERY
            for peer in self.peers:
                with acting(ACTOR):
                    follow_up(src=peer, trust=site_trust(), at=at, limit=BATCH)
        return done

    def _part(self, file: Arrived) -> None:
        if 0 < file.size <= MAX_ENVELOPE:
            with file.open() as opened:
                data = opened.read(MAX_ENVELOPE + 1)
            with acting(ACTOR):
                receive_part(
                    data=data, src=file.peer, trust=site_trust(), at=self._clock(), actor=ACTOR
                )
        else:
            self._unread(file)
        point(At.BULK_AFTER_PART)

    def _unread(self, file: Arrived) -> None:
        """Quarantine what is not worth reading: an empty file, or one above the limit."""
        with acting(ACTOR):
            quarantine(
                src=file.peer,
                reason=QuarantineReason.SIZE if file.size else QuarantineReason.CONTAINER,
                data=b"",
                header=None,
                header_bytes=b"",
                at=self._clock(),
                size=file.size,
            )

    def _whole(self, peer: str) -> int:
        """Keep one attachment: what has arrived meanwhile is looked at before the next."""
        at = self._clock()
        with acting(ACTOR):
            waiting = whole_attachments(src=peer, at=at, limit=BATCH)
        for each in waiting:
            if self._later.get(each, at) <= at and self._keep(peer, each):
                return 1
        return 0

    def _keep(self, peer: str, attachment_id: UUID) -> bool:
        """Keep one; on a fault put it off: it stops no other."""
        at = self._clock()
        try:
            with acting(ACTOR):
                kept = keep_attachment(
                    src=peer,
                    attachment_id=attachment_id,
                    trust=site_trust(),
                    at=at,
                    actor=ACTOR,
                )
        except (InterfaceError, OperationalError):
            raise
        except Exception:
            log.exception("attachment put off", attachment=str(attachment_id), peer=peer)
            self._later[attachment_id] = at + PATIENCE
            return False
        point(At.BULK_AFTER_COMMIT)
        self._later.pop(attachment_id, None)
        if kept:
            staging.drop_parts(peer, attachment_id)
            self._receiver.sweep(peer)
        return kept
