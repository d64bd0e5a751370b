"""The relay: seal what waits, send what is sealed, repeat what nobody acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from xiezhi.exchange.actions.draw_accounts import draw_accounts
from xiezhi.exchange.actions.recall import recall
from xiezhi.exchange.actions.repeat import repeat
from xiezhi.exchange.actions.repeat_parts import repeat_parts
from xiezhi.exchange.actions.seal import seal
from xiezhi.exchange.actions.send import send
from xiezhi.exchange.actions.send_parts import send_parts
from xiezhi.exchange.crash import At, point
from xiezhi.exchange.pressure import Pressure, pressure_towards
from xiezhi.exchange.processes.troubles import Troubles
from xiezhi.exchange.transports import Lane, Transport
from xiezhi.exchange.trust import site_trust
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.security.algorithms import CryptoError

ACTOR = Actor.system("exchange.relay")
ACCOUNTS_EVERY: Final = timedelta(minutes=1)


class Relay:
    """One pass over the peers is a tick; each step is a short transaction of its own."""

    def __init__(
        self, transport: Transport, peers: Sequence[str], clock: Callable[[], datetime]
    ) -> None:
        """Keep what the ticks need; the clock is read here and nowhere deeper."""
        self._transport, self._clock = transport, clock
        self.peers = peers
        self.troubles = Troubles()
        self._accounts_at: dict[str, datetime] = {}

    def tick(self) -> int:
        """Do what there is to do towards every peer; return how much that was.

        A peer that cannot be reached or sealed to is alarmed and passed over: it stops nobody.
        """
        done = 0
        for peer in self.peers:
            try:
                done += self._towards(peer)
            except (CryptoError, OSError) as error:
                self.troubles.begins(f"to {peer}", error)
            else:
                self.troubles.ends(f"to {peer}")
        return done

    def _towards(self, peer: str) -> int:
        """Hand over what there is, unless too much of what was handed over still lies there."""
        pressure = pressure_towards(self._transport, peer)
        self._tell(pressure)
        done = 0 if pressure.messages_stopped else self._messages(peer)
        if not pressure.bulk_stopped:
            done += self._attachment(peer)
        return done

    def _messages(self, peer: str) -> int:
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
        return done

    def _accounts(self, peer: str, at: datetime) -> None:
        """Draw what accounts are due, now and then: they are never urgent."""
        if at < self._accounts_at.get(peer, at):
            return
        self._accounts_at[peer] = at + ACCOUNTS_EVERY
        with acting(ACTOR):
            draw_accounts(peer=peer, at=at)

    def _attachment(self, peer: str) -> int:
        with acting(ACTOR):
            repeat_parts(peer=peer, at=self._clock(), actor=ACTOR)
            return send_parts(
                peer=peer,
                transport=self._transport,
                trust=site_trust(),
                at=self._clock(),
                actor=ACTOR,
            )

    def _tell(self, pressure: Pressure) -> None:
        backlog = pressure.backlog
        lanes = (
            (Lane.PARCEL, pressure.messages_stopped, backlog.parcels),
            (Lane.BULK, pressure.bulk_stopped, backlog.bulk),
        )
        for lane, stopped, load in lanes:
            place = f"{lane} to {pressure.peer}"
            if stopped:
                self.troubles.begins(
                    place, "the peer's side takes nothing", files=load.files, bytes=load.bytes
                )
            else:
                self.troubles.ends(place)
