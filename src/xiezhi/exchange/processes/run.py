"""Run the relay, the receiver and the watcher of this site in threads until told to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import psycopg
import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from xiezhi.exchange.processes.receiver import Receiver
from xiezhi.exchange.processes.relay import Relay
from xiezhi.exchange.processes.watcher import Watcher, spool_sight
from xiezhi.exchange.signals import CHANNEL
from xiezhi.exchange.transports.spool import SpoolTransport

POLL_SECONDS: Final = 0.05
WAKE_SECONDS: Final = 0.5
PATIENCE_SECONDS: Final = 1.0
WATCH_SECONDS: Final = 5.0

log = structlog.get_logger(__name__)


def run(stop: threading.Event | None = None) -> int:
    """Exchange messages with every peer of this site's settings; end on SIGTERM or SIGINT.

    A fault of one thread ends the process, which the supervisor starts anew: work goes on from
    what the database and the spool hold.
    """
    stop = stop or _stopped_by_signals()
    peers: list[str] = list(settings.XIEZHI_PEERS)
    transport = SpoolTransport(Path(settings.XIEZHI_HOME) / "spool", settings.XIEZHI_SITE)
    transport.prepare(peers)
    relay = Relay(transport, peers, timezone.now)
    receiver = Receiver(transport, peers, timezone.now)
    watcher = Watcher(spool_sight, peers, timezone.now)
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
        thread("watcher", lambda ended: _watch(watcher, ended)),
    ]
    for each in threads:
        each.start()
    log.info("exchange runs", site=settings.XIEZHI_SITE, peers=peers)
    for each in threads:
        each.join()
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
                    if not relay.tick():
                        _wait_for_work(listener)
        except (DatabaseError, psycopg.Error):
            log.exception("database fault; trying again")
            _pause(stop)


def _receive(receiver: Receiver, stop: threading.Event) -> None:
    begun = False
    while not stop.is_set():
        try:
            if not begun:
                receiver.begin()
                begun = True
            if not receiver.tick():
                stop.wait(POLL_SECONDS)
        except (DatabaseError, psycopg.Error):
            log.exception("database fault; trying again")
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
