"""What the exchange asks of full tables is answered from indexes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.models import InboxMessage, OutboxMessage
from xiezhi.exchange.tests.conftest import both, court_keys, key_directories, note, spool
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.transactions import acting
from xiezhi.sites.bench.volume import fill, read_whole, watching

__all__ = ["both", "court_keys", "key_directories", "note", "spool"]
ROWS = 5_000


@pytest.fixture
def full(both: tuple[Site, PeerSite]) -> tuple[Site, PeerSite]:
    """Give a site with thousands of settled messages, and a few with something to do."""
    site, peer = both
    peer.send(peer.seal(peer.draft("settled")).data)
    site.receive()
    site.send()
    peer.collect()
    peer.send(*[peer.acknowledge(each, Outcome.APPLIED) for each in peer.messages.values()])
    site.receive()
    with acting(TESTER):
        fill(ROWS)
    for number in range(3):
        site.post("sent", f"note:sent{number}")
    site.send()
    for number in range(3):
        site.post("waiting", f"note:waiting{number}")
        peer.send(peer.seal(peer.draft("new", conversation=f"note:new{number}")).data)
    peer.send(peer.seal(peer.draft("held", position=2, conversation="note:held")).data)
    return site, peer


def test_fill_copies_a_settled_message_of_each_way(full: tuple[Site, PeerSite]) -> None:
    with acting(TESTER):
        settled = OutboxMessage.objects.filter(conversation__startswith="bench:")
        assert settled.filter(state="acknowledged", due_at=None).count() == ROWS
        assert InboxMessage.objects.filter(conversation__startswith="bench:").count() == ROWS


def test_no_statement_of_relay_or_receiver_reads_a_full_table(
    full: tuple[Site, PeerSite], settings: Settings, tmp_path: Path
) -> None:
    site, _ = full
    site.carry()
    site.now += timedelta(hours=2)
    with acting(TESTER), watching() as asked:
        site.receiver.tick()
        site.relay.tick()
        site.receiver.sweep("service")

    assert sum(each.claims for each in asked) >= 5
    with acting(TESTER):
        assert read_whole(asked) == set()
        assert read_whole_of_the_table_itself()


def read_whole_of_the_table_itself() -> bool:
    """Tell whether a statement without an index is found out."""
    with connection.cursor() as cursor, watching() as asked:
        cursor.execute("SELECT count(body) FROM exchange_outboxmessage WHERE reason = 'none'")
    return bool(read_whole(asked))
