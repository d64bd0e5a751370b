"""The stream of server-sent events, served by the site's live process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from xiezhi.foundation.actors import Actor, ActorKind
from xiezhi.foundation.live.hub import HUB
from xiezhi.foundation.live.publish import account_topic, unit_topic
from xiezhi.foundation.transactions import acting

HEARTBEAT_SECONDS: Final = 15.0


async def stream(request: HttpRequest) -> HttpResponseBase:
    """Stream the changes of the actor's own topics until the browser leaves."""
    actor = await sync_to_async(_identify)(request)
    topics = _topics(actor)
    if not topics:
        return HttpResponse(status=401)
    response = StreamingHttpResponse(_events(topics), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    _allow_pages_of_same_host(request, response)
    return response


stream.own_transactions = True  # type: ignore[attr-defined]


def _identify(request: HttpRequest) -> Actor:
    """Find out who asks, and hold no connection: a stream stays open as long as its page."""
    try:
        with acting(Actor.system("identify")):
            actor: Actor = import_string(settings.XIEZHI_ACTOR_RESOLVER)(request)
    finally:
        connection.close()
    return actor


def _topics(actor: Actor) -> frozenset[str]:
    if actor.kind is ActorKind.PERSON and actor.account_id:
        return frozenset({account_topic(actor.account_id)})
    if actor.kind is ActorKind.STAFF and actor.account_id:
        return frozenset({account_topic(actor.account_id), unit_topic(actor.unit_id)})
    return frozenset()


def _allow_pages_of_same_host(request: HttpRequest, response: HttpResponseBase) -> None:
    """Pages and stream share a host but not a port, so the browser asks for leave."""
    origin = request.headers.get("Origin", "")
    own = request.get_host().rsplit(":", 1)[0]
    if origin and urlsplit(origin).hostname == own:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Credentials"] = "true"
        response["Vary"] = "Origin"


async def _events(topics: frozenset[str]) -> AsyncIterator[bytes]:
    queue = HUB.subscribe(topics)
    try:
        yield b"retry: 2000\n\n"
        while True:
            try:
                payload = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            # No event name: a stream's listeners are by name, and kinds are open-ended.
            yield f"data: {payload}\n\n".encode()
    finally:
        HUB.unsubscribe(queue)
