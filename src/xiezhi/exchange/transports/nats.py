"""NATS JetStream for sites inside one network: a stream per direction and lane, kept on disk.

A message stays in its stream until its receiver has acknowledged it, so a stream's content is the
backlog. Listing asks for headers alone and a body is fetched when it is opened: memory is bounded
by one parcel. Nothing rests on the broker's own notion of a duplicate: repeating is harmless.
"""

from __future__ import annotations

import asyncio
import io
import re
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from errno import EFBIG
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

from nats.js import api
from nats.js.errors import BadRequestError, NotFoundError
from typing_extensions import override

from xiezhi.exchange.envelope.container import MAX_ENVELOPE
from xiezhi.exchange.transports.nats_wire import Access, Wire
from xiezhi.exchange.transports.port import Arrived, Backlog, FerryWord, Gone, Lane, Load
from xiezhi.exchange.transports.private_loop import PrivateLoop

if TYPE_CHECKING:
    from typing_extensions import Buffer

# What a receiver left unacknowledged when it died is offered again after this time.
ACK_WAIT_SECONDS: Final = 10.0
_REMEMBERED: Final = 4096
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SIZE: Final = "Nats-Msg-Size"
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class NatsMessage:
    """One message that the broker offered us, its body still there."""

    peer: str
    lane: Lane
    number: int
    size: int
    reply: str
    fetch: Callable[[NatsMessage], bytes]

    @property
    def name(self) -> str:
        """Name it by its place in the stream."""
        return f"{self.number:020d}.{self.lane}"

    def open(self) -> BinaryIO:
        """Fetch the body. Refuses: ``Gone``, ``OSError``."""
        return io.BytesIO(self.fetch(self))


class _Bounded(io.BytesIO):
    """A file in memory that no parcel outgrows."""

    @override
    def write(self, data: Buffer, /) -> int:
        if self.tell() + memoryview(data).nbytes > MAX_ENVELOPE:
            raise OSError(EFBIG, "larger than what the broker may carry at once")
        return super().write(data)


class NatsTransport:
    """The streams of one site; usable from several threads."""

    def __init__(self, own: str, access: Access, *, ack_wait: float = ACK_WAIT_SECONDS) -> None:
        """Connect to nobody yet."""
        self._own, self._access, self._ack_wait = own, access, ack_wait
        self._loop = PrivateLoop("exchange-nats")
        self._wire = Wire(access)
        self._prepared: set[str] = set()
        self._held: dict[tuple[str, Lane], dict[int, NatsMessage]] = {}
        self._done: dict[tuple[str, Lane], deque[int]] = {}

    def prepare(self, peers: Sequence[str]) -> None:
        """Make the streams of both directions and our own consumers, where they are missing."""
        for peer in peers:
            if peer not in self._prepared:
                self._run(self._prepare(peer))
                self._prepared.add(peer)

    def put(self, peer: str, parcels: Sequence[bytes]) -> None:
        """Publish parcels; each is acknowledged once the broker has it on disk."""
        subject = f"{_subject(peer, self._own, Lane.PARCEL)}.one"
        self._run(self._publish(subject, parcels, {}))

    def put_bulk(self, peer: str, name: str, write: Callable[[BinaryIO], None]) -> None:
        """Publish one bulk file, of a parcel's size at most, in place of the last of that name."""
        if not _NAME.fullmatch(name):
            raise ValueError(name)
        with _Bounded() as file:
            write(file)
            content = file.getvalue()
        subject = f"{_subject(peer, self._own, Lane.BULK)}.{name}"
        self._run(self._publish(subject, [content], {api.Header.ROLLUP: "sub"}))

    def arrived(self, peer: str, lane: Lane, limit: int) -> list[Arrived]:
        """List what the broker offers and we have not discarded, oldest first."""
        return self._run(self._arrived(peer, lane, limit))

    def discard(self, arrived: Sequence[Arrived]) -> None:
        """Acknowledge, which removes the messages from the stream."""
        messages = [each for each in arrived if isinstance(each, NatsMessage)]
        self._run(self._discard(messages))

    def backlog(self, peer: str) -> Backlog:
        """Measure the streams towards the peer."""
        return self._run(self._backlog(peer))

    def ferry_word(self, peer: str) -> FerryWord | None:
        """No ferry serves a broker."""

    def close(self) -> None:
        """Close the connection and end the thread."""
        self._loop.run(self._wire.close())
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        try:
            return self._loop.run(self._wire.ask(work))
        except OSError:
            self._prepared.clear()  # perhaps a stream is no longer there
            raise

    async def _prepare(self, peer: str) -> None:
        jetstream = await self._wire.jetstream()
        for lane in Lane:
            for dst, src in ((peer, self._own), (self._own, peer)):
                config = _stream_config(dst, src, lane, self._access.replicas)
                try:
                    await jetstream.add_stream(config)
                except BadRequestError:  # it is there, made with other settings
                    await jetstream.update_stream(config)
            consumer = api.ConsumerConfig(
                durable_name=self._own,
                ack_policy=api.AckPolicy.EXPLICIT,
                ack_wait=self._ack_wait,
                headers_only=True,
            )
            await jetstream.add_consumer(_stream(self._own, peer, lane), consumer)

    async def _publish(
        self, subject: str, contents: Sequence[bytes], headers: dict[str, str]
    ) -> None:
        jetstream = await self._wire.jetstream()
        # All are awaited, whatever becomes of one: none goes on behind the caller's back.
        acknowledged = await asyncio.gather(
            *(jetstream.publish(subject, each, headers=dict(headers)) for each in contents),
            return_exceptions=True,
        )
        for each in acknowledged:
            if isinstance(each, BaseException):
                raise each

    async def _arrived(self, peer: str, lane: Lane, limit: int) -> list[Arrived]:
        held = self._held.setdefault((peer, lane), {})
        done = self._done.setdefault((peer, lane), deque(maxlen=_REMEMBERED))
        if len(held) < limit:
            stream = _stream(self._own, peer, lane)
            for offered in await self._wire.pull(stream, self._own, limit - len(held)):
                number = offered.metadata.sequence.stream
                if number in done:  # offered again before our acknowledgement was noted
                    await self._wire.acknowledge(offered.reply)
                    continue
                size = int((offered.headers or {}).get(_SIZE, "0"))
                held[number] = NatsMessage(peer, lane, number, size, offered.reply, self._fetch)
        return list[Arrived](held[number] for number in sorted(held)[:limit])

    def _fetch(self, message: NatsMessage) -> bytes:
        return self._run(self._body(message))

    async def _body(self, message: NatsMessage) -> bytes:
        jetstream = await self._wire.jetstream()
        stream = _stream(self._own, message.peer, message.lane)
        try:
            found = await jetstream.get_msg(stream, message.number, direct=True)
        except NotFoundError as error:
            # Replaced, or not yet on the server that answered; then it is offered again.
            self._held[message.peer, message.lane].pop(message.number, None)
            raise Gone(message.name) from error
        return found.data or b""

    async def _discard(self, messages: Sequence[NatsMessage]) -> None:
        for each in messages:
            await self._wire.acknowledge(each.reply)
            self._held[each.peer, each.lane].pop(each.number, None)
            self._done[each.peer, each.lane].append(each.number)

    async def _backlog(self, peer: str) -> Backlog:
        jetstream = await self._wire.jetstream()
        loads = {}
        for lane in Lane:
            state = (await jetstream.stream_info(_stream(peer, self._own, lane))).state
            loads[lane] = Load(state.messages, state.bytes)
        return Backlog(parcels=loads[Lane.PARCEL], bulk=loads[Lane.BULK])


def _stream(dst: str, src: str, lane: Lane) -> str:
    return f"xiezhi_{dst}_{src}_{lane}"


def _subject(dst: str, src: str, lane: Lane) -> str:
    return f"xiezhi.{dst}.{src}.{lane}"


def _stream_config(dst: str, src: str, lane: Lane, replicas: int) -> api.StreamConfig:
    """Describe a stream that gives nothing up: no age, no limit, removed by acknowledgement alone.

    ``discard`` is *new*, so that a limit set by an administrator refuses instead of forgetting.
    """
    return api.StreamConfig(
        name=_stream(dst, src, lane),
        subjects=[f"{_subject(dst, src, lane)}.*"],
        retention=api.RetentionPolicy.WORK_QUEUE,
        discard=api.DiscardPolicy.NEW,
        storage=api.StorageType.FILE,
        num_replicas=replicas,
        allow_rollup_hdrs=True,
        allow_direct=True,
    )
