"""The stream of live updates: who may open it, and what it holds while it is open."""

from __future__ import annotations

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from xiezhi.foundation.live.views import stream

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stream_refuses_a_stranger_and_holds_no_connection_to_the_database() -> None:
    request = RequestFactory().get("/live/")
    request.session = SessionStore()

    async def ask() -> tuple[HttpResponseBase, object]:
        response = await stream(request)
        # Where the stream asked who is there: the one thread of everything that is not async.
        return response, await sync_to_async(lambda: connection.connection)()

    response, held = asyncio.run(ask())

    assert response.status_code == 401
    assert held is None
