"""Whom to exchange with now, told to the threads when it changes."""

from __future__ import annotations

import psycopg
import structlog
from django.db import DatabaseError, connection

from xiezhi.exchange import roster
from xiezhi.exchange.processes.keeper import Keeper
from xiezhi.exchange.processes.receiver import Receiver
from xiezhi.exchange.processes.relay import Relay
from xiezhi.exchange.processes.troubles import Troubles
from xiezhi.exchange.processes.watcher import Watcher
from xiezhi.exchange.transports import Transport

log = structlog.get_logger(__name__)


class RosterWatch:
    """One look reads the roster, makes what is missing and tells what is new."""

    def __init__(self, transport: Transport, *told: Relay | Receiver | Keeper | Watcher) -> None:
        """Keep whom to tell."""
        self._transport, self._told = transport, told
        self._troubles = Troubles()
        self.peers: tuple[str, ...] = ()

    def look(self) -> None:
        """Read the roster and mend the trays; a fault leaves the partners as they were."""
        try:
            peers = tuple(roster.peers())
        except (DatabaseError, psycopg.Error) as fault:
            self._troubles.begins("roster", fault)
            connection.close()
            return
        self._troubles.ends("roster")
        try:
            self._transport.prepare(peers)
        except OSError as fault:
            self._troubles.begins("trays", fault)
        else:
            self._troubles.ends("trays")
        if peers != self.peers:
            log.info("exchange partners", before=self.peers, now=peers)
            self.peers = peers
            for each in self._told:
                each.peers = peers
