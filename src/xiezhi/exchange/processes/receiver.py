"""The receiver: take in what has arrived, and try again what was held."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from xiezhi.exchange.actions.clear_quarantine import clear_quarantine
from xiezhi.exchange.actions.quarantine import quarantine
from xiezhi.exchange.actions.receive import receive
from xiezhi.exchange.actions.retry import retry
from xiezhi.exchange.actions.wake_held import wake_held
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.container import MAX_ENVELOPE, split
from xiezhi.exchange.limits import BATCH
from xiezhi.exchange.queries import ready_to_retry
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.states import QuarantineReason
from xiezhi.exchange.transports import Arrived, Lane, Transport
from xiezhi.exchange.trust import site_trust
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting

ACTOR = Actor.system("exchange.apply")
SWEEP_EVERY: Final = timedelta(seconds=2)
PATIENCE: Final = timedelta(seconds=5)

log = structlog.get_logger(__name__)


class Receiver:
    """One pass over the in trays is a tick; each envelope is a transaction of its own."""

    def __init__(
        self, transport: Transport, peers: Sequence[str], clock: Callable[[], datetime]
    ) -> None:
        """Keep what the ticks need; the clock is read here and nowhere deeper."""
        self._transport, self._peers, self._clock = transport, peers, clock
        self._sweep_at: datetime | None = None
        self._later: dict[str, datetime] = {}

    def begin(self) -> None:
        """Have tried again what this release may understand and the last one did not."""
        with acting(ACTOR):
            wake_held(at=self._clock())

    def tick(self) -> int:
        """Take in what has arrived from every peer; return how many files that were."""
        done = sum(self._parcels(peer) for peer in self._peers)
        at = self._clock()
        if self._sweep_at is None or at >= self._sweep_at:
            self._sweep_at = at + SWEEP_EVERY
            for peer in self._peers:
                self.sweep(peer)
        return done

    def sweep(self, peer: str) -> None:
        """Try held messages again whose obstacle has gone, each with what it frees."""
        with acting(ACTOR):
            ready = ready_to_retry(src=peer, at=self._clock(), limit=BATCH)
            clear_quarantine(src=peer, at=self._clock())
        self._try_again(ready)

    def _parcels(self, peer: str) -> int:
        done = 0
        for file in self._transport.arrived(peer, Lane.PARCEL, BATCH):
            done += self.deal_with(file, self._parcel)
        return done

    def deal_with(self, file: Arrived, work: Callable[[Arrived], None]) -> int:
        """Do the work and only then discard the file; on a fault leave it for later."""
        at = self._clock()
        if self._later.get(file.name, at) > at:
            return 0
        try:
            work(file)
        except (InterfaceError, OperationalError):
            raise
        except Exception:
            # Not the fault of one message (that is held): a file we cannot read, a fault of ours.
            log.exception("arrival put off", file=file.name, peer=file.peer)
            self._later[file.name] = at + PATIENCE
            return 0
        self._later.pop(file.name, None)
        self._transport.discard([file])
        point(At.DISCARD_AFTER)
        return 1

    def _parcel(self, file: Arrived) -> None:
        if not 0 < file.size <= MAX_ENVELOPE:
            self._unread(file)
            return
        with file.open() as opened:
            parcel = opened.read(MAX_ENVELOPE + 1)
        # One instant for the parcel: its messages arrived together, and their receipt says so once.
        at, trust = self._clock(), site_trust()
        for envelope in split(parcel):
            with acting(ACTOR):
                taken = receive(data=envelope, src=file.peer, trust=trust, at=at, actor=ACTOR)
            point(At.RECEIVE_AFTER_COMMIT)
            self._try_again(taken.frees)
        # One word for the whole parcel: the receipts leave together.
        with acting(ACTOR):
            wake_relay()

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

    def _try_again(self, message_ids: Iterable[UUID]) -> None:
        """Try held messages again, and what each of them frees in turn."""
        queue = deque(message_ids)
        while queue:
            with acting(ACTOR):
                queue.extend(
                    retry(
                        message_id=queue.popleft(),
                        trust=site_trust(),
                        at=self._clock(),
                        actor=ACTOR,
                    )
                )
