"""One LISTEN connection per process, fanned out to every open stream."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict

import psycopg
import structlog
from django.conf import settings

from xiezhi.foundation.live.publish import CHANNEL

QUEUE_LIMIT = 100
RECONNECT_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Hub:
    """Subscribers by topic; a slow reader loses its stream, not the others theirs."""

    def __init__(self) -> None:
        """Begin without subscribers; the listener starts with the first one."""
        self._queues: dict[str, set[asyncio.Queue[str]]] = defaultdict(set)
        self._listener: asyncio.Task[None] | None = None

    def subscribe(self, topics: frozenset[str]) -> asyncio.Queue[str]:
        """Open a queue that receives the messages of ``topics``."""
        if self._listener is None or self._listener.done():
            self._listener = asyncio.get_running_loop().create_task(self._listen())
        queue: asyncio.Queue[str] = asyncio.Queue(QUEUE_LIMIT)
        for topic in topics:
            self._queues[topic].add(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[str]) -> None:
        """Close a queue."""
        for topic in [t for t, queues in self._queues.items() if queue in queues]:
            self._queues[topic].discard(queue)
            if not self._queues[topic]:
                del self._queues[topic]

    def deliver(self, payload: str) -> None:
        """Hand one notification to the queues of its topic."""
        topic = json.loads(payload)["topic"]
        for queue in tuple(self._queues.get(topic, ())):
            try:
                queue.put_nowait(payload)
            except asyncio.QueueFull:
                self.unsubscribe(queue)

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except psycopg.OperationalError:
                log.warning("live updates: database away, trying again")
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen_once(self) -> None:
        database = settings.DATABASES["default"]
        connection = await psycopg.AsyncConnection.connect(
            dbname=database["NAME"],
            user=database["USER"],
            password=database["PASSWORD"],
            host=database["HOST"],
            port=database["PORT"] or None,
            autocommit=True,
        )
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            async for notification in connection.notifies():
                self.deliver(notification.payload)


HUB = Hub()
