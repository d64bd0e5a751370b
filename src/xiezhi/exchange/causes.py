"""What is posted inside a handler bears an id derived from its cause.

A site that was restored applies again what it had applied: its answers then bear the same ids, and
a peer that has them knows them. Nothing is said twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final
from uuid import UUID

_TIME_BITS: Final = 80
_VERSION: Final = 0x7 << 76
_VARIANT: Final = 0x2 << 62
_RANDOM_HIGH: Final = (1 << 12) - 1
_RANDOM_LOW: Final = (1 << 62) - 1


@dataclass
class _Cause:
    message_id: UUID
    site: str
    posted: int = 0


_current: ContextVar[_Cause | None] = ContextVar("xiezhi_exchange_cause", default=None)


@contextmanager
def caused_by(message_id: UUID, site: str) -> Iterator[None]:
    """Name what is posted inside after the message that is being handled on ``site``."""
    token = _current.set(_Cause(message_id, site))
    try:
        yield
    finally:
        _current.reset(token)


def next_id() -> UUID | None:
    """Give the id of the next answer to the message being handled, or nothing outside a handler.

    Shape: a UUIDv7 with the time of its cause, so it lies in the same partition.
    """
    cause = _current.get()
    if cause is None:
        return None
    cause.posted += 1
    named = f"xiezhi answer|{cause.site}|{cause.message_id}|{cause.posted}".encode()
    drawn = int.from_bytes(hashlib.sha256(named).digest(), "big")
    time = cause.message_id.int >> _TIME_BITS << _TIME_BITS
    high = (drawn >> 64 & _RANDOM_HIGH) << 64
    return UUID(int=time | _VERSION | high | _VARIANT | drawn & _RANDOM_LOW)
