"""Attachments of ours, part by part: only what the peer lacks is sent again."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiezhi.exchange import crash
from xiezhi.exchange.envelope.header import PartsEntry, PartsState
from xiezhi.exchange.envelope.part import check_part
from xiezhi.exchange.envelope.split import count_of
from xiezhi.exchange.limits import PARTS_AT_ONCE
from xiezhi.exchange.models import OutboxAttachment
from xiezhi.exchange.tests.notes import AT
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.scans import CONTENT
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.tests.test_attachments import blob_of_ours, picture
from xiezhi.exchange.transports import Lane


def numbers(peer: PeerSite) -> list[int]:
    """Empty the peer's bulk tray: the numbers of the parts, in the order of their files."""
    found = []
    files = peer.transport.arrived("court", Lane.BULK, 100)
    for file in files:
        with file.open() as source:
            header = check_part(source.read(), own_site="service", trust=peer.trust)
        found.append(header.number)
    peer.transport.discard(files)
    return found


def word(site: Site, peer: PeerSite, state: PartsState, *here: tuple[int, int]) -> None:
    """Have the peer say something of the one attachment of ours."""
    blob_id = OutboxAttachment.objects.get().blob_id
    peer.send(peer.tell(PartsEntry(attachment=blob_id, state=state, here=here), at=site.now))
    site.receive()
    site.send()


def test_only_what_the_peer_lacks_is_sent_again(site: Site, peer: PeerSite) -> None:
    site.post("with file", attachments=[blob_of_ours(CONTENT)])
    site.send()
    assert numbers(peer) == [0, 1, 2]
    word(site, peer, PartsState.ARRIVING, (0, 0), (2, 2))
    assert numbers(peer) == []

    site.pass_time(hours=2)
    site.send()

    assert numbers(peer) == [1]


def test_what_could_not_be_opened_is_sent_at_once(site: Site, peer: PeerSite) -> None:
    site.post("with file", attachments=[blob_of_ours(CONTENT)])
    site.send()
    assert numbers(peer) == [0, 1, 2]

    word(site, peer, PartsState.MISSING, (0, 1))

    assert numbers(peer) == [2]


def test_the_last_part_asks_for_an_outcome_that_was_lost(site: Site, peer: PeerSite) -> None:
    site.post("with file", attachments=[blob_of_ours(CONTENT)])
    site.send()
    assert numbers(peer) == [0, 1, 2]
    word(site, peer, PartsState.ARRIVING, (0, 2))

    site.pass_time(hours=2)
    site.send()

    assert numbers(peer) == [2]


@pytest.mark.parametrize("outcome", [PartsState.STORED, PartsState.REJECTED])
def test_nothing_is_sent_after_an_outcome(site: Site, peer: PeerSite, outcome: PartsState) -> None:
    site.post("with file", attachments=[blob_of_ours(CONTENT)])
    site.send()
    numbers(peer)
    word(site, peer, outcome)
    word(site, peer, PartsState.ARRIVING, (0, 0))
    site.pass_time(days=2)
    site.send()

    assert (numbers(peer), OutboxAttachment.objects.get().state) == ([], outcome.value)


def test_an_older_word_changes_nothing(site: Site, peer: PeerSite) -> None:
    site.post("with file", attachments=[blob_of_ours(CONTENT)])
    site.send()
    blob_id = OutboxAttachment.objects.get().blob_id
    older = peer.tell(PartsEntry(attachment=blob_id, state=PartsState.ARRIVING), at=AT)
    site.pass_time(minutes=1)
    word(site, peer, PartsState.ARRIVING, (0, 1))
    peer.send(older)
    site.receive()

    assert OutboxAttachment.objects.get().here == [0, 1]


def test_a_death_after_parts_are_spooled_sends_them_again(site: Site, peer: PeerSite) -> None:
    site.post("with file", attachments=[blob_of_ours(CONTENT)])
    with pytest.raises(crash.Crash), crash.armed(crash.At.BULK_AFTER_SPOOL):
        site.send()
    site.send()

    assert sorted(set(numbers(peer))) == [0, 1, 2]
    assert OutboxAttachment.objects.get().state == "sent"


def test_small_attachments_go_before_large_and_a_turn_is_short(
    site: Site, peer: PeerSite, spool: Path
) -> None:
    large = blob_of_ours(CONTENT)
    small = [blob_of_ours(picture()) for _ in range(PARTS_AT_ONCE)]
    site.post("files", attachments=[large, *small])

    site.relay.tick()
    first = {path.name[1:33] for path in (spool / "court" / "out" / "service").glob("*.bulk")}
    site.send()

    assert first == {each.hex for each in small}
    assert len(numbers(peer)) == PARTS_AT_ONCE + count_of(len(CONTENT))
