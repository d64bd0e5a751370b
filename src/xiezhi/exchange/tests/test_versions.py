"""An old site and a new one understand each other, both ways; what cannot be said waits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar
from uuid import UUID

import pytest

from xiezhi.contracts.messages import REGISTRY, Message
from xiezhi.contracts.versions import CannotSay, downcasts, forget_casts, upcasts
from xiezhi.exchange import handlers
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.actions.take_announcement import take_announcement
from xiezhi.exchange.announced import accepts, version_for
from xiezhi.exchange.handlers import Received
from xiezhi.exchange.states import OutboxState, PeerLacks
from xiezhi.exchange.tests.notes import AT, TESTER, Note
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.transactions import acting

CALM = "calm"
READ: list[tuple[int, str, str]] = []


class Note2(Message):
    """A line of text and the tone in which it is said."""

    TYPE: ClassVar[str] = Note.TYPE
    VERSION: ClassVar[int] = 2

    text: str
    tone: str = CALM


def read(message: Note2, received: Received) -> None:
    READ.append((received.version, message.text, message.tone))


def without_tone(new: Note2) -> Note:
    if new.tone != CALM:
        raise CannotSay
    return Note(text=new.text)


@pytest.fixture(autouse=True)
def newer(both: tuple[Site, PeerSite]) -> Iterator[None]:
    """Bring this site's release forward by one version of the note; the peer stays behind."""
    READ.clear()
    REGISTRY[(Note2.TYPE, Note2.VERSION)] = Note2
    upcasts(Note, Note2)(lambda old: Note2(text=old.text))
    downcasts(Note2, Note)(without_tone)
    handlers.forget(Note)
    handlers.handles(Note2)(read)
    yield
    handlers.forget(Note2)
    forget_casts(Note, Note2)
    del REGISTRY[(Note2.TYPE, Note2.VERSION)]


def say(text: str, tone: str = CALM) -> UUID:
    with acting(TESTER):
        return post(
            to="service",
            message=Note2(text=text, tone=tone),
            conversation="note:1",
            act_at=AT,
            actor=TESTER,
        )


def announce(**versions: int) -> None:
    with acting(TESTER):
        take_announcement(peer="service", accepts={"test.note": 1} | versions)


def heard(peer: PeerSite) -> list[tuple[int, dict[str, str]]]:
    """Give version and body of what the peer was sent, in order."""
    peer.collect()
    ordered = sorted(peer.messages.values(), key=lambda each: each.header.position)
    return [(each.header.version, json.loads(each.body)) for each in ordered]


def test_an_old_message_is_read_as_the_newest(site: Site, peer: PeerSite) -> None:
    old = peer.draft("one")
    new = replace(
        peer.draft("two", position=2),
        version=2,
        body=Note2(text="two", tone="loud").model_dump_json().encode(),
    )
    peer.send(peer.seal(old).data, peer.seal(new).data)
    site.receive()

    assert READ == [(1, "one", CALM), (2, "two", "loud")]


def test_an_old_peer_is_sent_the_old_version(site: Site, peer: PeerSite) -> None:
    announce()
    say("one")
    site.send()

    assert heard(peer) == [(1, {"text": "one"})]


def test_a_peer_that_has_announced_the_new_version_is_sent_it(site: Site, peer: PeerSite) -> None:
    announce(**{"test.note": 2})
    say("one", tone="loud")
    site.send()

    assert heard(peer) == [(2, {"text": "one", "tone": "loud"})]


def test_what_the_old_version_cannot_say_waits_and_leaves_once_it_can(
    site: Site, peer: PeerSite
) -> None:
    announce()
    waiting = say("one", tone="loud")
    site.send()

    row = site.message(waiting)
    assert heard(peer) == []
    assert (row.state, row.reason) == (OutboxState.PENDING, PeerLacks.VERSION)
    assert row.outcome_label == "对方版本较旧，无法表达这条消息，待其升级后自动发出"

    announce(**{"test.note": 2})
    site.send()
    assert heard(peer) == [(2, {"text": "one", "tone": "loud"})]
    assert site.message(waiting).reason == ""


def test_a_type_the_peer_does_not_know_waits(site: Site, peer: PeerSite) -> None:
    with acting(TESTER):
        take_announcement(peer="service", accepts={"other.type": 1})
    waiting = say("one")
    site.send()

    assert heard(peer) == []
    assert site.message(waiting).reason == PeerLacks.TYPE


def test_what_waits_is_looked_at_again_after_a_while(site: Site, peer: PeerSite) -> None:
    announce()
    waiting = say("one", tone="loud")
    site.send()
    forget_casts(Note2)
    downcasts(Note2, Note)(lambda new: Note(text=new.text))
    site.pass_time(minutes=11)
    site.send()

    assert heard(peer) == [(1, {"text": "one"})]
    assert site.message(waiting).state == OutboxState.SENT


def test_an_announcement_is_news_once(site: Site) -> None:
    with acting(TESTER):
        assert take_announcement(peer="service", accepts={"test.note": 1})
        assert not take_announcement(peer="service", accepts={"test.note": 1})


def test_a_site_announces_the_highest_version_it_deals_with(site: Site) -> None:
    assert accepts()["test.note"] == 2
    handlers.forget(Note2)
    assert "test.note" not in accepts()


@pytest.mark.parametrize(
    ("announced", "version"),
    [(None, 2), ({}, 2), ({"test.note": 1}, 1), ({"test.note": 9}, 2), ({"other": 1}, None)],
)
def test_version_for_never_exceeds_what_was_announced_or_posted(
    announced: dict[str, int] | None, version: int | None
) -> None:
    assert version_for(announced, "test.note", 2) == version
