"""Sending: every message leaves, is repeated until its peer has spoken, and ends with its word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from pydantic import ValidationError
from pytest_django.fixtures import Settings

from xiezhi.exchange.actions.post import post
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.handlers import Delivered, follows_delivery, unfollow
from xiezhi.exchange.limits import resend_after
from xiezhi.exchange.models import OutboxConversation, OutboxMessage, Receipt
from xiezhi.exchange.queries import DeliveryState, delivery_of, unsettled
from xiezhi.exchange.tests.notes import AT, TESTER, Note
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.actors import ANONYMOUS
from xiezhi.foundation.transactions import acting


def state_of(message_id: UUID) -> DeliveryState:
    """Tell where a message is, as its author sees it."""
    delivery = delivery_of(message_id)
    assert delivery is not None
    return delivery.state


def told(site: Site, peer: PeerSite, message_id: UUID, outcome: Outcome, reason: str = "") -> None:
    """Have the peer send a receipt and the site take it."""
    peer.send(peer.acknowledge(peer.messages[message_id], outcome, reason))
    site.receive()


@transaction.atomic
def post_and_fail(site: Site) -> None:
    """Post in an act that is then rolled back."""
    site.post("a lost", conversation="note:a")
    raise ZeroDivisionError


def test_post_numbers_each_conversation_without_gaps(site: Site) -> None:
    site.post("a1", conversation="note:a")
    site.post("b1", conversation="note:b")

    with pytest.raises(ZeroDivisionError):
        post_and_fail(site)
    site.post("a2", conversation="note:a")

    rows = OutboxMessage.objects.order_by("conversation", "position")
    assert [(row.conversation, row.position) for row in rows] == [
        ("note:a", 1),
        ("note:a", 2),
        ("note:b", 1),
    ]
    assert OutboxConversation.objects.get(conversation="note:a").next_position == 3


def test_post_keeps_the_body_encrypted_and_records_the_transaction(site: Site) -> None:
    message_id = site.post("秘密")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body, transaction_id = pg_current_xact_id()::text::bigint "
            "FROM exchange_outboxmessage WHERE id = %s",
            [message_id],
        )
        body, ours = cursor.fetchone()
    assert ("秘密".encode() in bytes(body), ours) == (False, True)


@pytest.mark.parametrize(
    ("to", "conversation"),
    [("court", "note:1"), ("Service", "note:1"), ("service", "Note 1"), ("service", "")],
    ids=["ourselves", "capital", "space", "empty"],
)
def test_post_refuses_what_cannot_be_addressed(site: Site, to: str, conversation: str) -> None:
    with pytest.raises((ValueError, ValidationError)):
        post(to=to, message=Note(text="x"), conversation=conversation, act_at=AT, actor=TESTER)


def test_post_refuses_an_anonymous_author(site: Site) -> None:
    with pytest.raises(ValueError, match="author"):
        post(to="service", message=Note(text="x"), conversation="n:1", act_at=AT, actor=ANONYMOUS)


def test_the_relay_sends_what_was_posted_in_order_of_its_sequence(
    site: Site, peer: PeerSite
) -> None:
    ids = [site.post(str(number), conversation=f"note:{number % 2}") for number in range(5)]
    assert state_of(ids[0]) is DeliveryState.WAITING

    site.send()
    peer.collect()

    assert peer.texts() == ["0", "2", "4", "1", "3"]
    assert [peer.messages[each].header.sequence for each in ids] == [1, 2, 3, 4, 5]
    assert state_of(ids[0]) is DeliveryState.SENT


def test_a_receipt_ends_the_message_and_empties_its_body(site: Site, peer: PeerSite) -> None:
    message_id = site.post("first")
    site.send()
    peer.collect()
    told(site, peer, message_id, Outcome.APPLIED)

    row, delivery = site.message(message_id), delivery_of(message_id)
    assert delivery is not None
    assert (row.state, row.body, row.due_at, bool(row.envelope)) == (
        "acknowledged",
        None,
        None,
        True,
    )
    assert (delivery.state, delivery.received_at) == (DeliveryState.RECEIVED, AT)
    with acting(TESTER):
        assert Receipt.objects.get().message_ids == [message_id]
        assert row.receipt_id == Receipt.objects.get().pk


def test_what_nobody_acknowledges_is_sent_again_under_the_same_id(
    site: Site, peer: PeerSite
) -> None:
    message_id = site.post("first")
    site.send()
    site.send()
    peer.collect()
    assert peer.copies == 1

    for _ in range(3):
        site.pass_time(minutes=10)
        site.send()
    peer.collect()

    assert (peer.copies, list(peer.messages)) == (4, [message_id])
    told(site, peer, message_id, Outcome.APPLIED)
    site.pass_time(days=30)
    site.send()
    peer.collect()
    assert peer.copies == 4


def test_a_refusal_reaches_the_author(site: Site, peer: PeerSite) -> None:
    message_id = site.post("first")
    site.send()
    peer.collect()
    told(site, peer, message_id, Outcome.REFUSED, "service.closed")

    delivery = delivery_of(message_id)
    assert delivery is not None
    assert (delivery.state, delivery.reason) == (DeliveryState.REFUSED, "service.closed")


def test_a_held_message_is_asked_about_until_it_is_settled(site: Site, peer: PeerSite) -> None:
    message_id = site.post("first")
    site.send()
    peer.collect()
    told(site, peer, message_id, Outcome.HELD, "predecessor")
    assert state_of(message_id) is DeliveryState.HELD

    site.pass_time(hours=1)
    site.send()
    peer.collect()
    assert peer.copies == 2
    told(site, peer, message_id, Outcome.APPLIED)
    assert state_of(message_id) is DeliveryState.RECEIVED


def test_an_older_receipt_takes_nothing_back(site: Site, peer: PeerSite) -> None:
    message_id = site.post("first")
    site.send()
    peer.collect()
    told(site, peer, message_id, Outcome.APPLIED)
    told(site, peer, message_id, Outcome.HELD, "predecessor")
    told(site, peer, message_id, Outcome.QUARANTINED, "digest")

    assert state_of(message_id) is DeliveryState.RECEIVED


def test_a_quarantined_message_is_sealed_anew_under_the_same_id(site: Site, peer: PeerSite) -> None:
    message_id = site.post("first")
    site.send()
    peer.collect()
    before = peer.messages[message_id]
    told(site, peer, message_id, Outcome.QUARANTINED, "digest")
    site.send()
    peer.collect()
    after = peer.messages[message_id]

    assert after.header_digest != before.header_digest
    assert (after.header.position, after.header.sequence) == (
        before.header.position,
        before.header.sequence,
    )
    # A receipt about the first sealing still ends it: the peer has applied the same message.
    peer.send(peer.acknowledge(before))
    site.receive()
    assert state_of(message_id) is DeliveryState.RECEIVED


def test_sealing_anew_again_and_again_becomes_slower(site: Site, peer: PeerSite) -> None:
    message_id = site.post("first")
    for _ in range(6):
        site.send()
        peer.collect()
        told(site, peer, message_id, Outcome.QUARANTINED, "signature")

    assert peer.copies == 3


def test_a_receipt_about_a_header_we_never_sealed_changes_nothing(
    site: Site, peer: PeerSite
) -> None:
    message_id = site.post("first")
    site.send()
    peer.collect()
    peer.send(peer.acknowledge(peer.messages[message_id], digest="ab" * 32))
    site.receive()

    assert state_of(message_id) is DeliveryState.SENT


def test_a_receipt_about_a_message_of_nobody_changes_nothing(site: Site, peer: PeerSite) -> None:
    message_id = site.post("first")
    site.send()
    peer.collect()
    foreign = peer.messages[message_id]
    header = foreign.header.model_copy(update={"id": peer.draft("x").id})
    peer.send(peer.acknowledge(replace(foreign, header=header)))
    site.receive()

    assert state_of(message_id) is DeliveryState.SENT


def test_a_receipt_taken_twice_is_told_once(site: Site, peer: PeerSite) -> None:
    news: list[Delivered] = []
    follower = follows_delivery(news.append)
    message_id = site.post("first")
    site.send()
    peer.collect()
    receipt = peer.acknowledge(peer.messages[message_id])
    peer.send(receipt, receipt)
    site.receive()
    unfollow(follower)

    assert [(each.message_id, each.outcome) for each in news] == [(message_id, "applied")]


def test_a_peer_without_a_valid_key_keeps_its_messages_waiting(site: Site, peer: PeerSite) -> None:
    message_id = site.post("first")
    site.pass_time(days=4 * 365)
    site.send()
    assert state_of(message_id) is DeliveryState.WAITING

    site.now = AT
    site.send()
    assert state_of(message_id) is DeliveryState.SENT


def test_a_spool_that_cannot_be_written_loses_nothing(site: Site, spool: Path) -> None:
    (spool / "court/out/service").rmdir()
    message_id = site.post("first")
    site.send()
    assert state_of(message_id) is DeliveryState.WAITING

    site.transport.prepare(["service"])
    site.send()
    assert state_of(message_id) is DeliveryState.SENT


def test_waiting_times_grow_to_an_hour_and_more(settings: Settings) -> None:
    settings.XIEZHI_EXCHANGE_RESEND_SECONDS = 60
    waits = [resend_after(attempts) for attempts in (1, 2, 3, 7, 70)]

    assert waits == [timedelta(minutes=each) for each in (1, 2, 4, 64, 64)]


def test_unsettled_counts_down_to_zero(site: Site, peer: PeerSite) -> None:
    assert unsettled() == 0

    message_id = site.post("first")
    assert unsettled() == 1
    site.send()
    assert unsettled() == 1
    peer.collect()
    told(site, peer, message_id, Outcome.APPLIED)
    with acting(TESTER):
        assert unsettled() == 0
