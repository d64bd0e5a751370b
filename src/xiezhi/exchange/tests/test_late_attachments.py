"""Attachments that come after their message: the act is never held up, its app is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar
from uuid import UUID

import pytest

from xiezhi.contracts.messages import REGISTRY
from xiezhi.contracts.traffic import IN, OUT, TRAFFIC
from xiezhi.exchange import handlers
from xiezhi.exchange.envelope.message import AttachmentFacts
from xiezhi.exchange.handlers import ARRIVING, AttachmentNews
from xiezhi.exchange.models import AwaitedAttachment
from xiezhi.exchange.tests import notes
from xiezhi.exchange.tests.notes import AT, TESTER, Note, answer
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.tests.test_attachments import facts, picture, stored
from xiezhi.files.models import Blob
from xiezhi.foundation.transactions import acting
from xiezhi.security.algorithms import digest


class Early(Note):
    """A line of text that does not wait for its attachments."""

    TYPE: ClassVar[str] = "test.early"
    WAITS_FOR_ATTACHMENTS: ClassVar[bool] = False


class Told(list[AttachmentNews]):
    """What the app was told; it fails as long as ``broken``."""

    broken = False

    def __call__(self, news: AttachmentNews) -> None:
        if self.broken:
            raise RuntimeError(news.conversation)
        self.append(news)


@pytest.fixture
def told(site: Site) -> Iterator[Told]:
    """Release the message of these tests, with its handler and its follower."""
    found = Told()
    REGISTRY[(Early.TYPE, Early.VERSION)] = Early
    TRAFFIC[Early.TYPE] = IN | OUT
    handlers.handles(Early)(answer)
    handlers.follows_attachment(found)
    yield found
    handlers.unfollow_attachment(found)
    handlers.forget(Early)
    del REGISTRY[(Early.TYPE, Early.VERSION)], TRAFFIC[Early.TYPE]


def send(peer: PeerSite, *attachments: AttachmentFacts, conversation: str = "note:1") -> None:
    """Send an early note that names attachments."""
    draft = peer.draft("early", conversation=conversation)
    early = replace(draft, type=Early.TYPE, attachments=attachments)
    peer.send(peer.seal(early).data)


def awaited() -> int:
    """Count what is still to be told."""
    with acting(TESTER):
        return AwaitedAttachment.objects.count()


def test_a_message_that_does_not_wait_is_applied_at_once(
    site: Site, peer: PeerSite, told: Told
) -> None:
    scan = facts(picture())
    send(peer, scan)
    site.receive()

    assert site.inbox() == [("applied", "")]
    (received,) = notes.SEEN
    (named,) = received.attachments
    assert (named.id, named.blob_id, named.reason) == (scan.id, None, ARRIVING)
    assert (named.arriving, told, awaited()) == (True, [], 1)


def test_its_app_is_told_when_the_attachment_has_come(
    site: Site, peer: PeerSite, told: Told
) -> None:
    scan = facts(picture())
    send(peer, scan)
    site.receive()
    peer.send_attachment(scan, picture(), "a.png")
    site.receive()

    (news,) = told
    with acting(TESTER):
        blob = Blob.objects.get()
    assert (news.message, news.src, news.conversation) == (Early(text="early"), "service", "note:1")
    assert (news.attachment.id, news.attachment.blob_id) == (scan.id, blob.pk)
    assert (news.settled_at, awaited()) == (AT, 0)


def test_what_is_here_before_its_message_is_not_news(
    site: Site, peer: PeerSite, told: Told
) -> None:
    scan = facts(picture())
    peer.send_attachment(scan, picture(), "a.png")
    site.receive()
    send(peer, scan)
    site.receive()

    (received,) = notes.SEEN
    assert received.blob_of(scan.id) is not None
    assert (told, awaited()) == ([], 0)


@pytest.mark.parametrize(
    ("content", "promised", "reason"),
    [
        (b"MZ\x90 not a picture", b"MZ\x90 not a picture", "files.type"),
        (picture(), b"another", "exchange.attachment-digest"),
    ],
    ids=["rejected", "another content"],
)
def test_its_app_is_told_why_an_attachment_counts_for_nothing(
    site: Site, peer: PeerSite, told: Told, *, content: bytes, promised: bytes, reason: str
) -> None:
    scan = replace(facts(content), digest=digest(promised))
    send(peer, scan)
    peer.send_attachment(scan, content, "a.png")
    site.receive()
    site.receive()

    assert [(n.attachment.blob_id, n.attachment.reason) for n in told] == [(None, reason)]


def test_an_attachment_of_two_messages_is_told_to_both(
    site: Site, peer: PeerSite, told: Told
) -> None:
    scan = facts(picture())
    send(peer, scan)
    send(peer, scan, conversation="note:2")
    site.receive()
    peer.send_attachment(scan, picture(), "a.png")
    site.receive()

    assert sorted(news.conversation for news in told) == ["note:1", "note:2"]


def test_an_app_that_fails_is_told_again_and_the_attachment_is_kept(
    site: Site, peer: PeerSite, told: Told
) -> None:
    scan = facts(picture())
    send(peer, scan)
    site.receive()
    told.broken = True
    peer.send_attachment(scan, picture(), "a.png")
    site.receive()
    assert ([each.state for each in stored()], awaited()) == (["stored"], 1)

    told.broken = False
    site.pass_time(minutes=1)
    site.receive()

    assert ([news.attachment.id for news in told], awaited()) == ([scan.id], 0)


def test_a_refused_message_waits_for_nothing(site: Site, peer: PeerSite, told: Told) -> None:
    scan = facts(picture())
    draft = peer.draft("refuse this")
    peer.send(peer.seal(replace(draft, type=Early.TYPE, attachments=(scan,))).data)
    site.receive()

    assert (site.inbox(), awaited()) == ([("refused", "test.not-wanted")], 0)


def test_a_message_that_waits_goes_on_with_its_attachment(site: Site, peer: PeerSite) -> None:
    scan = facts(picture())
    peer.send(peer.seal(replace(peer.draft("late"), attachments=(scan,))).data)
    site.receive()
    assert site.inbox() == [("held", "attachment")]
    peer.send_attachment(scan, picture(), "a.png")
    site.receive()

    assert (site.inbox(), blobs_seen()) == ([("applied", "")], 1)


def blobs_seen() -> int:
    """Count the attachments that the handler was given with a blob."""
    ids: list[UUID | None] = [each.blob_id for seen in notes.SEEN for each in seen.attachments]
    return sum(each is not None for each in ids)
