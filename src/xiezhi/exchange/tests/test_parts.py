"""Attachments of a peer, part by part: lost, doubled, reordered, damaged, resumed."""

from __future__ import annotations

import shutil
import tracemalloc
from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from xiezhi.exchange import crash, staging
from xiezhi.exchange.envelope.message import AttachmentFacts
from xiezhi.exchange.envelope.split import PART_SIZE
from xiezhi.exchange.models import InboxAttachment, InboxTransfer, Quarantined
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.scans import CONTENT, scan
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.tests.test_attachments import facts
from xiezhi.files.models import Blob
from xiezhi.files.queries import open_blob
from xiezhi.foundation.transactions import acting
from xiezhi.security.algorithms import digest


@pytest.fixture(autouse=True)
def emptied(court_keys: None, settings: Settings) -> Iterator[None]:
    """Leave no parts to the next test."""
    yield
    shutil.rmtree(settings.XIEZHI_SITE_DIRECTORY / "incoming", ignore_errors=True)


@pytest.fixture
def sent(peer: PeerSite) -> tuple[AttachmentFacts, list[bytes]]:
    """Seal an attachment of three parts at the peer."""
    described = facts(CONTENT)
    parts = peer.parts(described, CONTENT, "账册.pdf")
    assert len(parts) == 3
    return described, parts


Sent = tuple[AttachmentFacts, list[bytes]]


def stored() -> list[tuple[str, str]]:
    """Tell what was received, and that what was stored is what was sent."""
    with acting(TESTER):
        for blob in Blob.objects.all():
            assert blob.digest == digest(CONTENT).hex()
        return [(each.state, each.reason) for each in InboxAttachment.objects.all()]


def words(site: Site, peer: PeerSite) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    """Give what the peer has been told since it last listened."""
    site.send()
    peer.words.clear()
    peer.collect()
    return [(each.state, each.here) for each in peer.words]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 1, 2, 0, 2)], ids=str)
def test_parts_come_in_any_order_and_any_number(
    site: Site, peer: PeerSite, sent: Sent, order: tuple[int, ...]
) -> None:
    for number in order:
        peer.send_part(sent[1][number])
        site.receive()

    assert stored() == [("stored", "")]
    assert words(site, peer) == [("stored", ())]
    with acting(TESTER):
        blob = Blob.objects.get()
        assert (blob.name, open_blob(blob).read() == CONTENT) == ("账册.pdf", True)


def test_the_sender_is_told_what_is_here_and_the_rest_is_enough(
    site: Site, peer: PeerSite, sent: Sent
) -> None:
    peer.send_part(sent[1][0])
    peer.send_part(sent[1][2])
    site.receive()
    assert words(site, peer) == []
    site.pass_time(minutes=1)
    assert words(site, peer) == [("arriving", ((0, 0), (2, 2)))]

    peer.send_part(sent[1][1])
    site.receive()

    assert stored() == [("stored", "")]


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty"])
def test_a_part_damaged_on_the_way_is_quarantined_alone(
    site: Site, peer: PeerSite, sent: Sent, damage: str
) -> None:
    part = sent[1][1]
    flipped = (
        part[: PART_SIZE // 2] + bytes([part[PART_SIZE // 2] ^ 1]) + part[PART_SIZE // 2 + 1 :]
    )
    damaged = {"cut": part[:-7], "flipped": flipped, "empty": b""}[damage]
    for each in (sent[1][0], damaged, sent[1][2]):
        peer.send_part(each)
    site.receive()

    assert stored() == []
    fault = {"cut": "container", "flipped": "digest", "empty": "container"}[damage]
    with acting(TESTER):
        assert [row.fault for row in Quarantined.objects.all()] == [fault]
    peer.send_part(part)
    site.receive()
    assert stored() == [("stored", "")]


@pytest.mark.parametrize("lost", ["damaged", "removed"])
def test_a_part_that_cannot_be_opened_is_asked_for_again(
    site: Site, peer: PeerSite, sent: Sent, lost: str
) -> None:
    described, parts = sent
    peer.send_part(parts[0])
    peer.send_part(parts[1])
    site.receive()
    if lost == "damaged":
        staging.keep_part("service", described.id, 1, parts[1][:-9] + bytes(9))
    else:
        staging.drop_part("service", described.id, 1)
    peer.send_part(parts[2])
    site.receive()

    assert stored() == []
    assert words(site, peer) == [("missing", ((0, 0), (2, 2)))]
    peer.send_part(parts[1])
    site.receive()
    assert stored() == [("stored", "")]


def test_the_part_of_another_attachment_does_not_take_a_place(
    site: Site, peer: PeerSite, sent: Sent
) -> None:
    described, parts = sent
    other = scan()
    foreign = peer.parts(facts(other), other, "b.pdf")
    for each in parts[:2]:
        peer.send_part(each)
    site.receive()
    staging.keep_part("service", described.id, 1, foreign[1])
    peer.send_part(parts[2])
    site.receive()

    assert stored() == []
    assert words(site, peer) == [("missing", ((0, 0), (2, 2)))]


def test_a_part_that_gives_the_whole_another_size_is_quarantined(
    site: Site, peer: PeerSite, sent: Sent
) -> None:
    described, parts = sent
    peer.send_part(parts[0])
    peer.send_part(peer.parts(described, b"short", "a.pdf")[0])
    site.receive()

    with acting(TESTER):
        assert [row.fault for row in Quarantined.objects.all()] == ["collision"]
        assert InboxTransfer.objects.get().here == [0]


BULK = [each for each in crash.At if each.startswith("bulk") and each != crash.At.BULK_AFTER_SPOOL]


@pytest.mark.parametrize("point", BULK)
def test_a_death_at_any_point_of_the_bulk_lane_leaves_one_attachment(
    site: Site, peer: PeerSite, sent: Sent, point: crash.At
) -> None:
    for each in sent[1]:
        peer.send_part(each)
    with pytest.raises(crash.Crash), crash.armed(point):
        site.receive()
    site.keeper.begin()
    site.receive()

    assert stored() == [("stored", "")]
    assert staging.staged("service") == []
    assert words(site, peer) == [("stored", ())]


def test_parts_of_what_is_settled_bring_the_word_again(
    site: Site, peer: PeerSite, sent: Sent
) -> None:
    for each in sent[1]:
        peer.send_part(each)
    site.receive()
    assert words(site, peer) == [("stored", ())]

    peer.send_part(sent[1][2])
    site.receive()

    assert (words(site, peer), staging.staged("service")) == ([("stored", ())], [])


def test_what_is_too_large_is_turned_back_by_its_first_part(
    site: Site, peer: PeerSite, sent: Sent, settings: Settings
) -> None:
    settings.XIEZHI_EXCHANGE_ATTACHMENT_LIMIT_BYTES = PART_SIZE
    peer.send_part(sent[1][1])
    site.receive()

    assert stored() == [("rejected", "files.too-large")]
    assert (words(site, peer), staging.staged("service")) == ([("rejected", ())], [])


def test_an_empty_attachment_is_rejected_and_told(site: Site, peer: PeerSite) -> None:
    peer.send_attachment(facts(b""), b"", "a.pdf")
    site.receive()

    assert stored() == [("rejected", "files.empty")]
    assert words(site, peer) == [("rejected", ())]


def test_receiving_needs_the_memory_of_a_few_parts(site: Site, peer: PeerSite) -> None:
    content = scan(8 * PART_SIZE)
    described = facts(content)
    peer.send_attachment(described, content, "a.pdf")
    del content
    tracemalloc.start()
    site.receive()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    with acting(TESTER):
        assert Blob.objects.get().digest == described.digest.hex()
    assert peak < 7 * PART_SIZE
