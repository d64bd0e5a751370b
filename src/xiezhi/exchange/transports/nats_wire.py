"""The connection to the broker: one for a process, opened when first needed, mended by itself."""

from __future__ import annotations

import asyncio
import json
import random
import ssl
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from errno import ETIMEDOUT
from typing import Any, Final, TypeVar

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error, NoRespondersError
from nats.js import JetStreamContext

CONNECT_SECONDS: Final = 2
ANSWER_SECONDS: Final = 5.0
# So long nobody is troubled again after no server would have us.
PAUSE_SECONDS: Final = 1.0
# A server that is gone is noticed after two of these, or at once when its socket closes.
_PING_SECONDS: Final = 5
_PENDING_BYTES: Final = 64 << 20
_UNAVAILABLE: Final = "503"
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Access:
    """Where the servers are and how we prove who we are; the password shows in no log."""

    servers: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    tls: ssl.SSLContext | None = None
    replicas: int = 1


class Wire:
    """Ask the broker; every method runs on the private loop.

    A lost connection is an error at once and the next question opens a new one, to whichever
    server answers. The library's own way, to wait and reconnect, would keep the relay from
    every other peer meanwhile.
    """

    def __init__(self, access: Access) -> None:
        """Connect to nobody yet."""
        self._access = access
        self._client: Client | None = None
        self._lost = asyncio.Event()
        self._connecting = asyncio.Lock()
        self._refused: tuple[float, OSError] | None = None

    async def ask(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do work that needs the connection. Refuses: ``OSError``, at once when it is lost."""
        try:
            await self.client()
        except BaseException:
            work.close()
            raise
        task, lost = asyncio.create_task(work), asyncio.create_task(self._lost.wait())
        try:
            await asyncio.wait({task, lost}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done() or task.cancelled():
                raise ConnectionResetError("the connection to the broker was lost")
            with _as_os_errors():
                return task.result()
        finally:
            for each in (task, lost):
                each.cancel()
            await asyncio.gather(task, lost, return_exceptions=True)

    async def client(self) -> Client:
        """Return the connection, opened if there is none. Refuses: ``OSError``."""
        async with self._connecting:
            if self._client is None or self._client.is_closed:
                now = asyncio.get_running_loop().time()
                if self._refused and now < self._refused[0]:
                    raise self._refused[1]
                try:
                    self._client = await self._connected()
                except OSError as error:
                    self._refused = (now + PAUSE_SECONDS, error)
                    raise
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
        """Try the servers in any order; the last one's error is the error."""
        servers = list(self._access.servers)
        random.shuffle(servers)
        for server in servers[:-1]:
            with suppress(OSError):
                return await self._connected_to(server)
        return await self._connected_to(servers[-1])

    async def _connected_to(self, server: str) -> Client:
        client, access, lost = Client(), self._access, asyncio.Event()
        faults: list[Exception] = []

        async def failed(fault: Exception) -> None:
            faults.append(fault)

        async def closed() -> None:
            lost.set()

        try:
            with _as_os_errors():
                async with asyncio.timeout(2 * CONNECT_SECONDS):
                    await client.connect(
                        server,
                        name="xiezhi exchange",
                        user=access.user or None,
                        password=access.password or None,
                        tls=access.tls,
                        allow_reconnect=False,
                        max_reconnect_attempts=1,
                        reconnect_time_wait=0,
                        error_cb=failed,
                        closed_cb=closed,
                        connect_timeout=CONNECT_SECONDS,
                        ping_interval=_PING_SECONDS,
                        pending_size=_PENDING_BYTES,
                    )
        except BaseException as fault:
            await _close(client)
            # What the library says in the end is only that there is no other server.
            if isinstance(fault, OSError) and faults and isinstance(faults[-1], OSError):
                raise faults[-1] from fault
            raise
        self._lost = lost
        return client


async def _close(client: Client) -> None:
    """Close a connection that never was one; the library may wait for its peer for ever."""
    with suppress(Error, OSError):
        async with asyncio.timeout(PAUSE_SECONDS):
            await client.close()


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """Turn the library's errors into the port's, each with words."""
    try:
        yield
    except TimeoutError as error:
        raise TimeoutError(ETIMEDOUT, "the broker did not answer in time") from error
    except OSError:
        raise
    except Error as error:
        raise ConnectionError(f"{type(error).__name__}: {error}".removesuffix(": ")) from error
