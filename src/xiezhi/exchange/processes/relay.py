"""The relay: seal what waits, send what is sealed, repeat what nobody acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from xiezhi.exchange.actions.draw_accounts import draw_accounts
from xiezhi.exchange.actions.recall import recall
from xiezhi.exchange.actions.repeat import repeat
from xiezhi.exchange.actions.seal import seal
from xiezhi.exchange.actions.send import send
from xiezhi.exchange.actions.send_attachment import send_attachment
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.transports import Transport
from xiezhi.exchange.trust import site_trust
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.security.keys import KeyRefused

ACTOR = Actor.system("exchange.relay")
ACCOUNTS_EVERY: Final = timedelta(minutes=1)

log = structlog.get_logger(__name__)


class Relay:
    """One pass over the peers is a tick; each step is a short transaction of its own."""

    def __init__(
        self, transport: Transport, peers: Sequence[str], clock: Callable[[], datetime]
    ) -> None:
        """Keep what the ticks need; the clock is read here and nowhere deeper."""
        self._transport, self._peers, self._clock = transport, peers, clock
        self._accounts_at: dict[str, datetime] = {}

    def tick(self) -> int:
        """Do what there is to do towards every peer; return how much that was.

        A peer that cannot be reached or sealed to is alarmed and passed over: it stops nobody.
        """
        done = 0
        for peer in self._peers:
            try:
                done += self._towards(peer)
            except (KeyRefused, OSError) as error:
                log.error("nothing can be sent", peer=peer, error=str(error))  # noqa: TRY400 - the sentence is the alarm
        return done

    def _towards(self, peer: str) -> int:
        at, trust = self._clock(), site_trust()
        self._accounts(peer, at)
        with acting(ACTOR):
            repeat(peer=peer, trust=trust, at=at, actor=ACTOR)
        with acting(ACTOR):
            done = recall(peer=peer, trust=trust, at=at, actor=ACTOR)
        with acting(ACTOR):
            done += seal(peer=peer, trust=trust, at=at, actor=ACTOR)
        point(At.SEAL_AFTER_COMMIT)
        with acting(ACTOR):
            done += send(peer=peer, transport=self._transport, trust=trust, at=at, actor=ACTOR)
        point(At.SEND_AFTER_COMMIT)
        with acting(ACTOR):
            done += send_attachment(
                peer=peer, transport=self._transport, trust=trust, at=at, actor=ACTOR
            )
        return done

    def _accounts(self, peer: str, at: datetime) -> None:
        """Draw what accounts are due, now and then: they are never urgent."""
        if at < self._accounts_at.get(peer, at):
            return
        self._accounts_at[peer] = at + ACCOUNTS_EVERY
        with acting(ACTOR):
            draw_accounts(peer=peer, at=at)
