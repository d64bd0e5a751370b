"""Two sites exchange while their broker is killed: nothing lost, nothing twice, all in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import nats
import pytest

from xiezhi.exchange.tests.nats_servers import (
    PASSWORD,
    USER,
    Server,
    access,
    cluster,
    free_ports,
    running,
)
from xiezhi.exchange.tests.notes import Note
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site, connect
from xiezhi.exchange.tests.waiting import succeeds, until
from xiezhi.exchange.transports.nats import NatsTransport
from xiezhi.exchange.transports.nats_wire import Access

CONVERSATIONS = 7


@dataclass
class Talk:
    """Both sites, one step at a time; what the broker refused is handed over again."""

    site: Site
    peer: PeerSite
    unsent: deque[bytes] = field(default_factory=deque)
    acknowledged: set[UUID] = field(default_factory=set)

    def say(self, number: int) -> None:
        """Let each side say something in one of its conversations."""
        rest, position = number % CONVERSATIONS, number // CONVERSATIONS + 1
        self.site.post(f"ours {number}", conversation=f"ours:{rest}")
        draft = self.peer.draft(f"theirs {number}", position, conversation=f"theirs:{rest}")
        self.unsent.append(self.peer.seal(draft).data)

    def step(self) -> None:
        """Do what the broker allows now."""
        self.site.relay.tick()
        self.site.receiver.tick()
        succeeds(self.peer.collect)
        for message_id in self.peer.messages.keys() - self.acknowledged:
            self.unsent.append(self.peer.acknowledge(self.peer.messages[message_id]))
            self.acknowledged.add(message_id)
        while self.unsent and succeeds(lambda: self.peer.send(self.unsent[0])):
            self.unsent.popleft()

    def settled(self, messages: int) -> bool:
        """Take a step; tell whether all was answered and receipted on both sides."""
        self.step()
        self.site.pass_time(seconds=1)
        applied = {each.message for each in self.peer.receipts if each.outcome == "applied"}
        return (
            len(self.peer.messages) == 2 * messages
            and len(applied) == messages
            and all(self.site.message(each).state == "acknowledged" for each in self.peer.messages)
        )

    def heard(self, conversation: str) -> list[str]:
        """Give what the peer received in one conversation, in order of position."""
        found = [
            each for each in self.peer.messages.values() if each.header.conversation == conversation
        ]
        found.sort(key=lambda each: each.header.position)
        return [Note.model_validate_json(each.body).text for each in found]

    def check(self, messages: int) -> None:
        """Compare what came out with what went in; the site answers each note with the same."""
        for who in ("ours", "theirs"):
            for rest in range(CONVERSATIONS):
                wanted = [f"{who} {n}" for n in range(messages) if n % CONVERSATIONS == rest]
                assert self.heard(f"{who}:{rest}") == wanted
        assert self.site.inbox() == [("applied", "")] * messages
        assert (self.site.relay.troubles.now, self.site.receiver.troubles.now) == ({}, {})


@contextmanager
def talking(keys: dict[str, Path], to: Access) -> Iterator[Talk]:
    """Connect both sites to the broker."""
    ways = {name: NatsTransport(name, to, ack_wait=1.0) for name in ("court", "service")}
    try:
        until(lambda: succeeds(lambda: ways["court"].prepare(["service"])), patience=60)
        until(lambda: succeeds(lambda: ways["service"].prepare(["court"])), patience=60)
        yield Talk(*connect(keys, ways, lambda: 0))
    finally:
        for each in ways.values():
            each.close()


def talk_through(talk: Talk, messages: int, troubles: dict[int, Callable[[], None]]) -> None:
    """Say everything, with troubles on the way; then let all come to rest and compare."""
    for number in range(messages):
        talk.say(number)
        troubles.get(number, talk.step)()
    until(lambda: talk.settled(messages), patience=60)
    talk.check(messages)


@pytest.mark.usefixtures("both")
def test_a_broker_killed_and_restarted_changes_nothing(
    key_directories: dict[str, Path], tmp_path: Path
) -> None:
    server = Server(tmp_path / "n", free_ports(1)[0])

    def die() -> None:
        server.kill()
        server.start()

    with running([server]), talking(key_directories, access(server)) as talk:
        talk_through(talk, 14, {4: die, 9: die})


def leader_of(stream: str, servers: list[Server]) -> Server:
    """Ask which server leads a stream."""

    async def ask() -> str | None:
        urls = [each.url for each in servers if each.process]
        client = await nats.connect(urls, user=USER, password=PASSWORD)
        try:
            found = await client.jetstream().stream_info(stream)
            return found.cluster.leader if found.cluster else None
        finally:
            await client.close()

    name = asyncio.run(ask())
    return next(each for each in servers if each.home.name == name)


@pytest.mark.soak
@pytest.mark.usefixtures("both")
def test_a_leader_killed_in_mid_traffic_changes_nothing(
    key_directories: dict[str, Path], tmp_path: Path
) -> None:
    servers = cluster(tmp_path, 3)

    def lose(stream: str) -> Callable[[], None]:
        return lambda: leader_of(stream, servers).kill()

    def bring_back() -> None:
        for each in servers:
            if each.process is None:
                each.start()

    troubles = {
        40: lose("xiezhi_service_court_parcel"),
        100: bring_back,
        160: lose("xiezhi_court_service_parcel"),
        220: bring_back,
        260: lose("xiezhi_service_court_parcel"),
    }
    with running(servers), talking(key_directories, access(*servers, replicas=3)) as talk:
        talk_through(talk, 300, troubles)
