"""Run the threads of this site's exchange until told to stop: send, take in, keep, watch."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import psycopg
import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from xiezhi.exchange.processes.keeper import Keeper
from xiezhi.exchange.processes.receiver import Receiver
from xiezhi.exchange.processes.relay import Relay
from xiezhi.exchange.processes.roster_watch import RosterWatch
from xiezhi.exchange.processes.watcher import Watcher, sight_over
from xiezhi.exchange.signals import CHANNEL
from xiezhi.exchange.transports.chosen import choose

POLL_SECONDS: Final = 0.05
WAKE_SECONDS: Final = 0.5
PATIENCE_SECONDS: Final = 1.0
ROSTER_SECONDS: Final = 3.0
DATABASE: Final = "database"
WATCH_SECONDS: Final = 5.0

log = structlog.get_logger(__name__)


def run(stop: threading.Event | None = None) -> int:
    """Exchange messages with every peer of the roster; end on SIGTERM or SIGINT.

    The roster is read again every few seconds: a site that joins needs no restart. A fault of one
    thread ends the process, which the supervisor starts anew: work goes on from what the database
    and the trays hold. Full disks, closed folders and a lost database are no such faults: they are
    told once and waited out.
    """
    stop = stop or _stopped_by_signals()
    transport = choose()
    relay, receiver = Relay(transport, (), timezone.now), Receiver(transport, (), timezone.now)
    keeper = Keeper(receiver, transport, (), timezone.now)
    watcher = Watcher(sight_over(transport), (), timezone.now)
    watch = RosterWatch(transport, relay, receiver, keeper, watcher)
    watch.look()
    faults: list[BaseException] = []

    def thread(name: str, work: Callable[[threading.Event], None]) -> threading.Thread:
        def guarded() -> None:
            try:
                work(stop)
            except BaseException as fault:
                log.exception("exchange thread died", thread=name)
                faults.append(fault)
            finally:
                stop.set()
                connection.close()

        return threading.Thread(target=guarded, name=name)

    threads = [
        thread("relay", lambda ended: _relay(relay, ended)),
        thread("receiver", lambda ended: _receive(receiver, ended)),
        thread("keeper", lambda ended: _receive(keeper, ended)),
        thread("watcher", lambda ended: _watch(watcher, ended)),
    ]
    for each in threads:
        each.start()
    log.info("exchange runs", site=settings.XIEZHI_SITE, peers=watch.peers)
    try:
        while not stop.wait(ROSTER_SECONDS):
            watch.look()
    finally:
        stop.set()
        for each in threads:
            each.join()
        transport.close()
        connection.close()
    return 1 if faults else 0


def _stopped_by_signals() -> threading.Event:
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    return stop


def _relay(relay: Relay, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            with _listening() as listener:
                while not stop.is_set():
                    done = relay.tick()
                    relay.troubles.ends(DATABASE)
                    if not done:
                        _wait_for_work(listener)
        except (DatabaseError, psycopg.Error) as fault:
            relay.troubles.begins(DATABASE, fault, exc_info=True)
            _pause(stop)


def _receive(receiver: Receiver | Keeper, stop: threading.Event) -> None:
    begun = False
    while not stop.is_set():
        try:
            if not begun:
                receiver.begin()
                begun = True
            done = receiver.tick()
            receiver.troubles.ends(DATABASE)
            if not done:
                stop.wait(POLL_SECONDS)
        except (DatabaseError, psycopg.Error) as fault:
            receiver.troubles.begins(DATABASE, fault, exc_info=True)
            _pause(stop)


def _watch(watcher: Watcher, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            watcher.tick()
        except (DatabaseError, psycopg.Error):
            log.exception("database fault; trying again")
            _pause(stop)
        stop.wait(WATCH_SECONDS)


def _pause(stop: threading.Event) -> None:
    connection.close()
    stop.wait(PATIENCE_SECONDS)


@contextmanager
def _listening() -> Iterator[psycopg.Connection]:
    """Listen on a connection of its own; work that was there before is found by the first tick."""
    parameters = connection.get_connection_params()
    wanted = {"dbname", "user", "password", "host", "port"}
    chosen = {key: value for key, value in parameters.items() if key in wanted}
    with psycopg.connect(**chosen, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        yield listener


def _wait_for_work(listener: psycopg.Connection) -> None:
    """Wait for a commit that posted something, or for the time to look anyway."""
    for _ in listener.notifies(timeout=WAKE_SECONDS, stop_after=1):
        pass
