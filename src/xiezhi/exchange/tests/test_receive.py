"""Receiving: applied once, in order, whatever the wire does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from xiezhi.exchange.envelope.container import decode, encode
from xiezhi.exchange.envelope.message import AttachmentFacts
from xiezhi.exchange.models import InboxMessage, Quarantined
from xiezhi.exchange.tests.notes import AT, FAULTS, TESTER
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting


def quarantined() -> list[tuple[str, bool]]:
    """Give the faults of what is quarantined, and whether it has come whole since."""
    with acting(TESTER):
        return [
            (row.fault, row.cleared_at is not None) for row in Quarantined.objects.order_by("id")
        ]


def test_receive_applies_a_message_and_receipts_it(site: Site, peer: PeerSite) -> None:
    draft = peer.draft("first")
    peer.send(peer.seal(draft).data)

    site.receive()
    site.send()
    peer.collect()

    assert (site.inbox(), peer.texts()) == ([("applied", "")], ["first"])
    (receipt,) = peer.receipts
    assert (receipt.message, receipt.outcome, receipt.received_at) == (
        draft.id,
        "applied",
        site.now,
    )


def test_receive_applies_a_repeated_message_once_and_receipts_it_again(
    site: Site, peer: PeerSite
) -> None:
    draft = peer.draft("first")
    for _ in range(3):
        peer.send(peer.seal(draft).data)
        site.receive()
        site.send()
    peer.collect()

    assert (site.effects(), len(peer.receipts)) == (["first"], 3)
    assert {each.outcome for each in peer.receipts} == {"applied"}


def test_receive_keeps_the_order_of_a_conversation(site: Site, peer: PeerSite) -> None:
    drafts = [peer.draft(str(number), position=number) for number in (1, 2, 3, 4)]
    for place in (2, 3, 1):
        peer.send(peer.seal(drafts[place]).data)
        site.receive()

    assert site.inbox() == [("held", "predecessor")] * 3
    peer.send(peer.seal(drafts[0]).data)
    site.receive()

    assert site.inbox() == [("applied", "")] * 4
    assert site.effects() == ["1", "2", "3", "4"]


def test_a_held_message_blocks_only_its_own_conversation(site: Site, peer: PeerSite) -> None:
    peer.send(peer.seal(peer.draft("late", position=2, conversation="note:1")).data)
    peer.send(peer.seal(peer.draft("other", position=1, conversation="note:2")).data)
    site.receive()

    assert site.inbox() == [("held", "predecessor"), ("applied", "")]


def test_a_refusal_undoes_the_effect_and_lets_the_sequence_go_on(
    site: Site, peer: PeerSite
) -> None:
    refused = peer.draft("refuse this", position=1)
    peer.send(peer.seal(refused).data, peer.seal(peer.draft("next", position=2)).data)
    site.receive()
    site.send()
    peer.collect()

    assert site.inbox() == [("refused", "test.not-wanted"), ("applied", "")]
    assert peer.texts() == ["next"]
    assert peer.outcomes()[refused.id] == ("refused", "test.not-wanted")


def test_a_fault_of_the_handler_holds_the_message_until_it_works(
    site: Site, peer: PeerSite
) -> None:
    FAULTS.add("first")
    peer.send(peer.seal(peer.draft("first")).data, peer.seal(peer.draft("next", position=2)).data)
    site.receive()

    assert site.inbox() == [("held", "handler"), ("held", "predecessor")]
    assert site.effects() == []

    FAULTS.clear()
    site.pass_time(hours=1)
    site.receive()

    assert site.inbox() == [("applied", ""), ("applied", "")]
    assert site.effects() == ["first", "next"]


def test_receive_waits_for_what_a_message_names_in_after(site: Site, peer: PeerSite) -> None:
    first = peer.draft("first", conversation="note:2")
    second = replace(peer.draft("second", conversation="note:1"), after=(first.id,))
    peer.send(peer.seal(second).data)
    site.receive()

    assert site.inbox() == [("held", "dependency")]
    peer.send(peer.seal(first).data)
    site.receive()

    assert site.inbox() == [("applied", ""), ("applied", "")]


def test_after_is_met_by_a_message_of_our_own(site: Site, peer: PeerSite) -> None:
    ours = site.post("question", conversation="note:9")
    peer.send(peer.seal(replace(peer.draft("answer"), after=(ours,))).data)
    site.receive()

    assert site.inbox() == [("applied", "")]


def test_receive_holds_an_unknown_type_and_a_newer_version(site: Site, peer: PeerSite) -> None:
    unknown = replace(peer.draft("a", conversation="note:1"), type="test.telegram")
    newer = replace(peer.draft("b", conversation="note:2"), version=2)
    broken = replace(peer.draft("c", conversation="note:3"), body=b'{"text":7}')
    peer.send(*(peer.seal(each).data for each in (unknown, newer, broken)))
    site.receive()
    site.send()
    peer.collect()

    assert site.inbox() == [
        ("held", "unknown-type"),
        ("held", "unknown-version"),
        ("held", "schema"),
    ]
    assert peer.outcomes()[newer.id] == ("held", "unknown-version")


def test_a_position_taken_twice_is_held(site: Site, peer: PeerSite) -> None:
    peer.send(peer.seal(peer.draft("one")).data, peer.seal(peer.draft("other one")).data)
    site.receive()

    assert sorted(site.inbox()) == [("applied", ""), ("held", "position")]


def test_a_damaged_envelope_is_quarantined_and_its_resealing_applied(
    site: Site, peer: PeerSite
) -> None:
    draft = peer.draft("first")
    packed = peer.seal(draft)
    container = decode(packed.data)
    damaged = replace(container, ciphertext=b"\0" + container.ciphertext[1:])
    peer.send(encode(damaged))
    site.receive()
    site.send()
    peer.collect()

    assert (site.inbox(), quarantined()) == ([], [("digest", False)])
    (receipt,) = peer.receipts
    assert (receipt.message, receipt.outcome, receipt.reason) == (draft.id, "quarantined", "digest")
    assert receipt.header_digest == packed.header_digest

    peer.send(peer.seal(draft).data)
    site.receive()
    site.pass_time(minutes=1)
    site.receive()

    assert (site.inbox(), quarantined()) == ([("applied", "")], [("digest", True)])


def test_noise_is_quarantined_and_does_not_stop_what_follows(site: Site, peer: PeerSite) -> None:
    peer.send(b"\x00 not an envelope")
    peer.send(peer.seal(peer.draft("first")).data)
    site.receive()

    assert (quarantined(), site.effects()) == ([("container", False)], ["first"])


def test_an_envelope_for_another_site_is_quarantined(site: Site, peer: PeerSite) -> None:
    peer.send(peer.seal(replace(peer.draft("x"), dst="registry")).data)
    site.receive()

    assert (site.inbox(), quarantined()) == ([], [("destination", False)])


def test_a_message_id_of_another_peer_is_quarantined(site: Site, peer: PeerSite) -> None:
    draft = peer.draft("first")
    peer.send(peer.seal(draft).data)
    site.receive()
    with acting(TESTER):
        InboxMessage.objects.update(src="registry")
    peer.send(peer.seal(draft).data)
    site.receive()

    assert quarantined() == [("collision", False)]


@pytest.mark.parametrize("changed", [{"conversation": "note:2"}, {"type": "test.other"}])
def test_an_id_that_comes_again_as_another_message_is_quarantined(
    site: Site, peer: PeerSite, changed: dict[str, Any]
) -> None:
    draft = peer.draft("second", position=2)
    peer.send(peer.seal(draft).data)
    site.receive()
    later = draft.created_at + timedelta(minutes=1)
    again = replace(draft, position=1, created_at=later, **changed)
    peer.send(peer.seal(again).data)
    site.receive()
    peer.send(peer.seal(peer.draft("first", conversation="note:2")).data)
    site.receive()

    assert quarantined() == [("collision", False)]
    assert site.inbox() == [("held", "predecessor"), ("applied", "")]


@pytest.mark.parametrize("edge", [b"0001-01-01T00:00", b"9999-12-31T23:59"])
def test_an_instant_that_no_page_could_tell_is_quarantined(
    site: Site, peer: PeerSite, edge: bytes
) -> None:
    sealed = decode(peer.seal(peer.draft("late")).data)
    act_at = AT.strftime("%Y-%m-%dT%H:%M").encode()
    header = sealed.header.replace(b'"act_at":"' + act_at, b'"act_at":"' + edge)
    peer.send(encode(replace(sealed, header=header)))
    site.receive()

    assert header != sealed.header
    assert quarantined() == [("header", False)]


def test_a_parcel_above_the_limit_is_quarantined_unread(site: Site, peer: PeerSite) -> None:
    peer.transport.put("court", [bytes((16 << 20) + 1)])
    site.receive()

    assert quarantined() == [("size", False)]


def test_an_empty_file_is_quarantined(site: Site, peer: PeerSite) -> None:
    peer.transport.put("court", [b""])
    site.receive()

    assert quarantined() == [("container", False)]


def test_a_message_waits_for_its_attachment(site: Site, peer: PeerSite) -> None:
    scan = AttachmentFacts(uuid7(), b"d" * 32, 4, "application/pdf", 1)
    peer.send(peer.seal(replace(peer.draft("with scan"), attachments=(scan,))).data)
    site.receive()
    site.send()
    peer.collect()

    assert site.inbox() == [("held", "attachment")]
    assert [each.reason for each in peer.receipts] == ["attachment"]
