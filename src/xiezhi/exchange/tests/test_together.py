"""A parcel is taken in with few commits, and each message ends as if it had come alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection

from xiezhi.exchange import handlers
from xiezhi.exchange.envelope.container import decode
from xiezhi.exchange.envelope.message import seal_draft, sign_all
from xiezhi.exchange.handlers import Received
from xiezhi.exchange.models import InboxMessage, OutboxMessage
from xiezhi.exchange.processes.receiver import TOGETHER
from xiezhi.exchange.tests.notes import AT, TESTER, Note, NotWanted
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.transactions import acting


class Once:
    """A handler that meets a deadlock the first time it is given a text, and refuses others."""

    def __init__(self) -> None:
        """Remember what was handled."""
        self.handled: list[str] = []

    def __call__(self, message: Note, _received: Received) -> None:
        """Handle one note."""
        self.handled.append(message.text)
        if message.text == "deadlock" and self.handled.count("deadlock") == 1:
            raise OperationalError(message.text)
        if message.text.startswith("refuse"):
            raise NotWanted


@pytest.fixture
def once(note: None) -> Iterator[Once]:
    """Register the handler in place of the one that answers."""
    handlers.forget(Note)
    handler = Once()
    handlers.handles(Note)(handler)
    yield handler
    handlers.forget(Note)


def send_in_one_batch(peer: PeerSite, texts: list[str]) -> None:
    """Have the peer sign notes together, each in a conversation of its own."""
    keys = peer.trust.sending(peer.other, AT)
    drafts = [peer.draft(text, conversation=f"note:{n}") for n, text in enumerate(texts)]
    packed = sign_all([seal_draft(draft, keys) for draft in drafts], keys)
    peer.send(*[each.data for each in packed])


def test_after_an_error_that_is_no_outcome_each_message_goes_alone(
    site: Site, peer: PeerSite, once: Once
) -> None:
    send_in_one_batch(peer, ["first", "deadlock", "refuse", "last"])
    site.receive()

    assert once.handled == ["first", "deadlock", "first", "deadlock", "refuse", "last"]
    assert site.inbox() == [
        ("applied", ""),
        ("applied", ""),
        ("refused", "test.not-wanted"),
        ("applied", ""),
    ]


def test_a_damaged_envelope_of_a_batch_stops_no_other(site: Site, peer: PeerSite) -> None:
    keys = peer.trust.sending(peer.other, AT)
    drafts = [peer.draft(text, conversation=f"note:{text}") for text in ("a", "b", "c")]
    first, second, third = sign_all([seal_draft(draft, keys) for draft in drafts], keys)
    damaged = second.data[:-1] + bytes([second.data[-1] ^ 1])
    peer.send(first.data, damaged, third.data)
    site.receive()
    site.send()
    peer.collect()

    assert site.effects() == ["a", "c"]
    assert peer.outcomes()[drafts[1].id] == ("quarantined", "digest")


def test_what_is_sealed_together_is_signed_once_and_believed_one_by_one(
    site: Site, peer: PeerSite
) -> None:
    sent = [site.post(text, f"note:{text}") for text in ("a", "b", "c")]
    site.send()
    envelopes = [decode(bytes(site.message(each).envelope or b"")) for each in sent]
    peer.collect()

    signatures = [each.signature for each in envelopes]
    assert len({each[9 : 9 + each[8]] for each in signatures}) == 1
    assert sorted(peer.messages) == sorted(sent)


def test_a_message_of_a_batch_is_repeated_alone_under_the_same_signature(
    site: Site, peer: PeerSite
) -> None:
    sent = [site.post(text, f"note:{text}") for text in ("a", "b")]
    site.send()
    peer.collect()
    peer.send(peer.acknowledge(peer.messages[sent[0]]))
    site.receive()
    before = site.message(sent[1]).envelope
    site.pass_time(minutes=5)
    site.send()
    copies = peer.copies
    peer.collect()

    assert peer.copies == copies + 1
    assert site.message(sent[1]).envelope == before


@pytest.mark.django_db(transaction=True)
def test_a_parcel_is_taken_in_with_few_commits(site: Site, peer: PeerSite) -> None:
    send_in_one_batch(peer, [str(number) for number in range(TOGETHER + 1)])
    site.receive()

    assert connection.get_autocommit()
    with acting(TESTER):
        commits = InboxMessage.objects.values_list("transaction_id", flat=True)
        assert len(commits) == TOGETHER + 1
        assert len(set(commits)) == 2
        assert OutboxMessage.objects.count() == TOGETHER + 1
