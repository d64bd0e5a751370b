"""The connection to the broker: one for a process, opened when first needed, mended by itself."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error, NoRespondersError
from nats.js import JetStreamContext

CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 5.0
# A server that is gone is noticed after two of these, or at once when its socket closes.
_PING_SECONDS: Final = 5
_UNAVAILABLE: Final = "503"


@dataclass(frozen=True, slots=True)
class Access:
    """Where the servers are and how we prove who we are; the password shows in no log."""

    servers: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    tls: ssl.SSLContext | None = None
    replicas: int = 1


class Wire:
    """Ask the broker; every method runs on the private loop."""

    def __init__(self, access: Access) -> None:
        """Connect to nobody yet."""
        self._access = access
        self._client: Client | None = None
        self._connecting = asyncio.Lock()

    async def client(self) -> Client:
        """Return the connection, opened if there is none. Refuses: ``OSError``."""
        async with self._connecting:
            if self._client is None or self._client.is_closed:
                with as_os_errors():
                    self._client = await self._connected()
            return self._client

    async def jetstream(self) -> JetStreamContext:
        """Return the broker's streams over the connection."""
        return (await self.client()).jetstream(timeout=ANSWER_SECONDS)

    async def pull(self, stream: str, consumer: str, batch: int) -> list[Msg]:
        """Ask once for what waits, and wait for nothing that is yet to come."""
        client = await self.client()
        answers = await client.subscribe(inbox := client.new_inbox())
        found: list[Msg] = []
        try:
            question = json.dumps({"batch": batch, "no_wait": True}).encode()
            asked = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}"
            await client.publish(asked, question, reply=inbox)
            while len(found) < batch:
                answer = await answers.next_msg(ANSWER_SECONDS)
                status = (answer.headers or {}).get("Status")
                if status == _UNAVAILABLE:
                    raise NoRespondersError
                if status is not None:
                    break
                found.append(answer)
        except TimeoutError:
            if not found:
                raise
        finally:
            with suppress(Error):
                await answers.unsubscribe()
        return found

    async def acknowledge(self, reply: str) -> None:
        """Tell the broker that a message is dealt with, and wait until it has noted that."""
        await (await self.client()).request(reply, b"+ACK", timeout=ANSWER_SECONDS)

    async def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            await self._client.close()

    async def _connected(self) -> Client:
        client, access = Client(), self._access
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await client.connect(
                    list(access.servers),
                    name="xiezhi exchange",
                    user=access.user or None,
                    password=access.password or None,
                    tls=access.tls,
                    error_cb=_told_elsewhere,
                    connect_timeout=CONNECT_SECONDS,
                    reconnect_time_wait=0.25,
                    max_reconnect_attempts=-1,
                    ping_interval=_PING_SECONDS,
                    pending_size=64 << 20,
                )
        except BaseException:
            with suppress(Error, OSError):
                await client.close()
            raise
        return client


async def _told_elsewhere(_error: Exception) -> None:
    """Keep the library from logging each attempt: whoever asks gets an ``OSError``."""


@contextmanager
def as_os_errors() -> Iterator[None]:
    """Turn the library's errors into the port's."""
    try:
        yield
    except OSError:
        raise
    except Error as error:
        raise ConnectionError(f"{type(error).__name__}: {error}".removesuffix(": ")) from error
