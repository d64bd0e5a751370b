"""Wake the exchange process when, and only when, a transaction commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.db import connection

CHANNEL: Final = "xiezhi_exchange"
_later: ContextVar[bool] = ContextVar("xiezhi_wake_later", default=False)


def wake_relay() -> None:
    """Notify the relay of work; equal notifications of one transaction are one."""
    if _later.get():
        return
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


@contextmanager
def waking_once() -> Iterator[None]:
    """Notify once, at the end of the block, whatever is posted in it; for one transaction."""
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)
    wake_relay()
