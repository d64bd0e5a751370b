"""The exchange process itself: awake on a commit, two threads, ended by one word."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from xiezhi.exchange import ferry
from xiezhi.exchange.actions.seal import seal
from xiezhi.exchange.models import OutboxMessage
from xiezhi.exchange.processes import run
from xiezhi.exchange.queries import DeliveryState, delivery_of
from xiezhi.exchange.tests.notes import AT, TESTER
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.tests.waiting import LONG, until
from xiezhi.exchange.trust import site_trust
from xiezhi.foundation.transactions import acting

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def running(spool: Path) -> Iterator[None]:
    """Run the exchange and the ferry in threads, and end both."""
    stop = threading.Event()
    codes: list[int] = []
    threads = [
        threading.Thread(target=lambda: codes.append(run(stop))),
        threading.Thread(target=lambda: ferry.run(spool, interval=0.02, stop=stop)),
    ]
    for each in threads:
        each.start()
    try:
        yield
    finally:
        stop.set()
        for each in threads:
            each.join(LONG)
    assert codes == [0]


def test_the_process_sends_applies_and_takes_receipts(
    site: Site, peer: PeerSite, spool: Path, settings: Settings
) -> None:
    settings.XIEZHI_HOME = spool.parent
    settings.XIEZHI_PEERS = ["service"]

    def collected(wanted: int) -> bool:
        peer.collect()
        return len(peer.messages) >= wanted

    with running(spool):
        ours = site.post("from the court")
        until(lambda: collected(1))
        peer.send(peer.acknowledge(peer.messages[ours]))
        until(lambda: _state(ours) is DeliveryState.RECEIVED)
        peer.send(peer.seal(peer.draft("from the service site", conversation="note:2")).data)
        until(lambda: collected(2))
        until(lambda: collected(2) and bool(peer.receipts))

    assert peer.texts() == ["from the court", "from the service site"]
    assert peer.receipts[0].outcome == "applied"


def _state(message_id: object) -> DeliveryState:
    delivery = delivery_of(message_id)  # type: ignore[arg-type]
    assert delivery is not None
    return delivery.state


def test_a_relay_passes_over_what_another_has_locked(site: Site) -> None:
    first, second = site.post("first", conversation="n:1"), site.post("second", conversation="n:2")
    locked, done = threading.Event(), threading.Event()

    def other_relay() -> None:
        try:
            with transaction.atomic():
                OutboxMessage.objects.select_for_update().get(pk=first)
                locked.set()
                done.wait(LONG)
        finally:
            connection.close()

    thread = threading.Thread(target=other_relay)
    thread.start()
    locked.wait(LONG)
    with acting(TESTER):
        sealed = seal(peer="service", trust=site_trust(), at=AT, actor=TESTER)
    done.set()
    thread.join(LONG)

    assert sealed == 1
    assert (site.message(first).state, site.message(second).state) == ("pending", "sealed")


def test_a_late_commit_is_not_skipped(site: Site, peer: PeerSite) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def slow_act() -> None:
        try:
            with transaction.atomic():
                site.post("early and slow", conversation="note:slow")
                begun.set()
                goes_on.wait(LONG)
        finally:
            connection.close()

    thread = threading.Thread(target=slow_act)
    thread.start()
    begun.wait(LONG)
    site.post("late and quick", conversation="note:quick")
    site.send()
    goes_on.set()
    thread.join(LONG)
    site.send()
    peer.collect()

    assert sorted(peer.texts()) == ["early and slow", "late and quick"]
