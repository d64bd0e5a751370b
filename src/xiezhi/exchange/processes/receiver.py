"""The receiver: take in what has arrived, and try again what was held."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from xiezhi.exchange.actions.clear_quarantine import clear_quarantine
from xiezhi.exchange.actions.quarantine import quarantine
from xiezhi.exchange.actions.receive import receive_together
from xiezhi.exchange.actions.retry import retry
from xiezhi.exchange.actions.wake_held import wake_held
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.envelope.container import MAX_ENVELOPE, split
from xiezhi.exchange.limits import BATCH
from xiezhi.exchange.processes.troubles import Troubles
from xiezhi.exchange.queries import ready_to_retry
from xiezhi.exchange.signals import waking_once
from xiezhi.exchange.states import QuarantineReason
from xiezhi.exchange.transports import Arrived, Gone, Lane, Transport
from xiezhi.exchange.trust import SiteTrust, site_trust
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting

ACTOR = Actor.system("exchange.apply")
SWEEP_EVERY: Final = timedelta(seconds=2)
PATIENCE: Final = timedelta(seconds=5)
# Enough to spread the cost of a commit, few enough that no lock is held long.
TOGETHER: Final = min(16, BATCH)
_DOUBLINGS: Final = 6

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _PutOff:
    """A file that could not be dealt with: until when, how often, and why."""

    until: datetime
    times: int = 0
    fault: str = ""


class Receiver:
    """One pass over the in trays is a tick; a few envelopes share a transaction."""

    def __init__(
        self, transport: Transport, peers: Sequence[str], clock: Callable[[], datetime]
    ) -> None:
        """Keep what the ticks need; the clock is read here and nowhere deeper."""
        self._transport, self._clock = transport, clock
        self.peers = peers
        self.troubles = Troubles()
        self._sweep_at: datetime | None = None
        self._later: dict[tuple[str, str], _PutOff] = {}

    def begin(self) -> None:
        """Have tried again what this release may understand and the last one did not."""
        with acting(ACTOR):
            wake_held(at=self._clock())

    def tick(self) -> int:
        """Take in what has arrived from every peer; return how many files that were."""
        done = sum(self._parcels(peer) for peer in self.peers)
        at = self._clock()
        if self._sweep_at is None or at >= self._sweep_at:
            self._sweep_at = at + SWEEP_EVERY
            for peer in self.peers:
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
        for file in self.arrived(peer, Lane.PARCEL):
            done += self.deal_with(file, self._parcel)
        return done

    def arrived(self, peer: str, lane: Lane) -> list[Arrived]:
        """List what has arrived; a tray that cannot be looked at stops no other."""
        place = f"{lane} from {peer}"
        try:
            # What is put off keeps its place in front, and must not hide what lies behind it.
            found = self._transport.arrived(peer, lane, BATCH + len(self._later))
        except OSError as error:
            self.troubles.begins(place, error)
            return []
        self.troubles.ends(place)
        return found

    def deal_with(self, file: Arrived, work: Callable[[Arrived], None]) -> int:
        """Do the work and only then discard the file; on a fault leave it for later.

        A file that cannot be discarded is dealt with again, which changes nothing, ever more
        seldom.
        """
        at, key = self._clock(), (file.peer, file.name)
        put_off = self._later.get(key, _PutOff(at))
        if put_off.until > at:
            return 0
        try:
            work(file)
            self._transport.discard([file])
        except (InterfaceError, OperationalError):
            raise
        except Gone:
            self._later.pop(key, None)
            return 0
        except Exception as fault:
            # Not the fault of one message (that is held): a file we cannot read, a fault of ours.
            if put_off.fault != (said := f"{type(fault).__name__}: {fault}"):
                log.exception("arrival put off", file=file.name, peer=file.peer)
            until = at + PATIENCE * (1 << min(put_off.times, _DOUBLINGS))
            self._later[key] = _PutOff(until, put_off.times + 1, said)
            return 0
        self._later.pop(key, None)
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
        envelopes = split(parcel)
        while group := list(islice(envelopes, TOGETHER)):
            freed = self._take_in(group, file.peer, trust, at)
            point(At.RECEIVE_AFTER_COMMIT)
            self._try_again(freed)

    def _take_in(
        self, group: Sequence[bytes], src: str, trust: SiteTrust, at: datetime
    ) -> list[UUID]:
        """Take in several envelopes with one commit; return held messages they may free.

        An error that is not an outcome undoes them all; then each goes alone, so that only the
        one that cannot be taken in is put off.
        """
        try:
            with acting(ACTOR), waking_once():
                return receive_together(envelopes=group, src=src, trust=trust, at=at, actor=ACTOR)
        except Exception:
            if len(group) == 1:
                raise
            log.exception("envelopes taken in one by one", peer=src)
        return [freed for each in group for freed in self._take_in([each], src, trust, at)]

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
