"""Attachments: in their own lane, received once, never in the way of the act."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import pytest
from PIL import Image

from xiezhi.exchange import crash
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.envelope.message import AttachmentFacts
from xiezhi.exchange.envelope.part import check_part, open_part
from xiezhi.exchange.limits import BATCH
from xiezhi.exchange.models import InboxAttachment, OutboxAttachment, Quarantined
from xiezhi.exchange.processes.keeper import Keeper
from xiezhi.exchange.tests import notes
from xiezhi.exchange.tests.notes import AT, TESTER
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.transports import Arrived, Lane
from xiezhi.exchange.transports.spool import SpoolTransport
from xiezhi.files.actions.store_blob import store_blob
from xiezhi.files.models import Blob
from xiezhi.files.queries import open_blob
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.security.algorithms import digest


def picture(shade: str = "white") -> bytes:
    """Draw a small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), shade).save(stream, "PNG")
    return stream.getvalue()


def facts(content: bytes) -> AttachmentFacts:
    """Describe content as its sender would."""
    return AttachmentFacts(uuid7(), digest(content), len(content), "image/png", 1)


def stored() -> list[InboxAttachment]:
    """List the attachments received."""
    with acting(TESTER):
        return list(InboxAttachment.objects.order_by("id"))


@pytest.mark.parametrize("attachment_first", [True, False], ids=["file-first", "message-first"])
def test_a_message_is_applied_once_its_attachment_is_here(
    site: Site, peer: PeerSite, *, attachment_first: bool
) -> None:
    content = picture()
    scan = facts(content)
    draft = replace(peer.draft("with scan"), attachments=(scan,))
    steps: list[Callable[[], None]] = [
        lambda: peer.send_attachment(scan, content, "借条.png"),
        lambda: peer.send(peer.seal(draft).data),
    ]
    for step in steps if attachment_first else steps[::-1]:
        step()
        site.receive()

    assert site.inbox() == [("applied", "")]
    with acting(TESTER):
        blob = Blob.objects.get()
        assert (blob.name, blob.digest) == ("借条.png", scan.digest.hex())
        assert open_blob(blob).read() == content
    (received,) = notes.SEEN
    assert received.blob_of(scan.id) == blob.pk


def test_an_attachment_sent_twice_is_stored_once(site: Site, peer: PeerSite) -> None:
    scan = facts(picture())
    for _ in range(2):
        peer.send_attachment(scan, picture(), "a.png")
        site.receive()

    assert len(stored()) == 1
    with acting(TESTER):
        assert Blob.objects.count() == 1


def test_an_attachment_that_fails_inspection_does_not_reject_the_act(
    site: Site, peer: PeerSite
) -> None:
    content = b"MZ\x90 not a picture at all"
    scan = facts(content)
    peer.send_attachment(scan, content, "a.png")
    peer.send(peer.seal(replace(peer.draft("with scan"), attachments=(scan,))).data)
    site.receive()

    assert site.inbox() == [("applied", "")]
    assert [(each.state, each.reason) for each in stored()] == [("rejected", "files.type")]
    (received,) = notes.SEEN
    assert [(each.blob_id, each.reason) for each in received.attachments] == [(None, "files.type")]


def test_content_that_is_not_what_the_message_promised_is_not_given_to_the_handler(
    site: Site, peer: PeerSite
) -> None:
    promised = replace(facts(picture()), digest=digest(b"another content"))
    peer.send_attachment(promised, picture(), "a.png")
    peer.send(peer.seal(replace(peer.draft("with scan"), attachments=(promised,))).data)
    site.receive()

    (received,) = notes.SEEN
    assert received.attachments[0].blob_id is None
    assert received.attachments[0].reason == "exchange.attachment-digest"


def test_a_damaged_bulk_file_is_quarantined(site: Site, peer: PeerSite, spool: Path) -> None:
    scan = facts(picture())
    peer.send_attachment(scan, picture(), "a.png")
    (file,) = (spool / "service/out/court").glob("*.bulk")
    file.write_bytes(file.read_bytes()[:-3])
    site.receive()

    assert stored() == []
    with acting(TESTER):
        assert [row.fault for row in Quarantined.objects.all()] == ["container"]


@pytest.mark.parametrize("point", [crash.At.BULK_BEFORE_COMMIT, crash.At.BULK_AFTER_COMMIT])
def test_a_death_while_an_attachment_is_stored_leaves_one(
    site: Site, peer: PeerSite, point: crash.At
) -> None:
    scan = facts(picture())
    peer.send_attachment(scan, picture(), "a.png")
    with pytest.raises(crash.Crash), crash.armed(point):
        site.receive()
    site.receive()

    assert len(stored()) == 1
    with acting(TESTER):
        assert Blob.objects.count() == 1


def blob_of_ours(content: bytes) -> UUID:
    """Store a blob as the system."""
    with acting(TESTER):
        stream = io.BytesIO(content)
        return store_blob(stream=stream, name="通知书.png", at=AT, actor=TESTER).pk


def arrived_at(peer: PeerSite) -> list[tuple[UUID, str, bytes]]:
    """Empty the peer's bulk tray: id, name and content of each attachment of one part."""
    found = []
    files = peer.transport.arrived("court", Lane.BULK, 10)
    for file in files:
        with file.open() as source:
            data = source.read()
        header = check_part(data, own_site="service", trust=peer.trust)
        read = open_part(data, trust=peer.trust)
        found.append((header.attachment, read.label.name if read.label else "", read.content))
    peer.transport.discard(files)
    return found


def test_post_sends_each_attachment_once_beside_the_message(site: Site, peer: PeerSite) -> None:
    blob = blob_of_ours(picture())
    first = site.post("first", attachments=[blob])
    site.post("second", attachments=[blob])
    site.send()
    peer.collect()

    assert arrived_at(peer) == [(blob, "通知书.png", picture())]
    assert peer.messages[first].attachment_matches(blob, digest(picture()))


def test_an_attachment_that_did_not_arrive_is_sent_again(site: Site, peer: PeerSite) -> None:
    blob = blob_of_ours(picture())
    message_id = site.post("first", attachments=[blob])
    site.send()
    arrived_at(peer)
    peer.collect()
    site.pass_time(hours=2)
    site.send()
    peer.send(peer.acknowledge(peer.messages[message_id], Outcome.HELD, "attachment"))
    site.receive()
    site.send()

    assert [each for each, _, _ in arrived_at(peer)] == [blob]


def test_a_death_after_the_bulk_file_is_written_sends_it_again(site: Site, peer: PeerSite) -> None:
    blob = blob_of_ours(picture())
    site.post("first", attachments=[blob])
    with pytest.raises(crash.Crash), crash.armed(crash.At.BULK_AFTER_SPOOL):
        site.send()
    site.send()

    assert {each for each, _, _ in arrived_at(peer)} == {blob}
    assert OutboxAttachment.objects.get().state == "sent"


def test_an_attachment_that_cannot_be_read_stops_no_other(site: Site, peer: PeerSite) -> None:
    broken, whole = blob_of_ours(picture()), blob_of_ours(picture())
    site.post("first", attachments=[broken, whole])
    with acting(TESTER):
        Blob.objects.filter(pk=broken).update(wrapped_key=b"x")
    site.send()
    site.send()

    assert [each for each, _, _ in arrived_at(peer)] == [whole]


@dataclass(frozen=True)
class Unreadable:
    """A file in the in tray that this process may not open."""

    name: str = "00.bulk"
    peer: str = "service"
    size: int = 4

    def open(self) -> BinaryIO:
        raise PermissionError(self.name)


class SpoiltTray(SpoolTransport):
    """A spool in whose bulk lane an unreadable file comes first."""

    def arrived(self, peer: str, lane: Lane, limit: int) -> list[Arrived]:
        found = super().arrived(peer, lane, limit)
        return [Unreadable(), *found][:limit] if lane is Lane.BULK else found


def test_a_file_that_cannot_be_opened_stops_no_other(
    site: Site, peer: PeerSite, spool: Path
) -> None:
    spoilt = SpoiltTray(spool, "court")
    site.keeper = Keeper(site.receiver, spoilt, ["service"], lambda: site.now)
    for shade in ("white", "black"):
        peer.send_attachment(facts(picture(shade)), picture(shade), "a.png")

    site.receive()

    assert [each.state for each in stored()] == ["stored", "stored"]


class CrowdedTray(SpoolTransport):
    """A spool in whose bulk lane more unreadable files come first than are listed at once."""

    def arrived(self, peer: str, lane: Lane, limit: int) -> list[Arrived]:
        found = super().arrived(peer, lane, limit)
        crowd = [Unreadable(f"{number:03}.bulk") for number in range(2 * BATCH)]
        return [*crowd, *found][:limit] if lane is Lane.BULK else found


def test_no_number_of_files_that_cannot_be_opened_hides_another(
    site: Site, peer: PeerSite, spool: Path
) -> None:
    site.keeper = Keeper(site.receiver, CrowdedTray(spool, "court"), ["service"], lambda: site.now)
    peer.send_attachment(facts(picture("white")), picture("white"), "a.png")
    site.carry()

    for _ in range(4):
        site.receive()

    assert [each.state for each in stored()] == ["stored"]
