"""Named points at which a test lets a process die, to prove that nothing is lost or doubled."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Final

VARIABLE: Final = "XIEZHI_CRASH_POINT"
_DIED: Final = 137


class At(StrEnum):
    """Every moment between two steps that must survive a power cut."""

    SEAL_BEFORE_COMMIT = "seal-before-commit"
    SEAL_AFTER_COMMIT = "seal-after-commit"
    SEND_BEFORE_SPOOL = "send-before-spool"
    SEND_AFTER_SPOOL = "send-after-spool"
    SEND_AFTER_COMMIT = "send-after-commit"
    BULK_AFTER_SPOOL = "bulk-after-spool"
    RECEIVE_BEFORE_EFFECT = "receive-before-effect"
    RECEIVE_AFTER_EFFECT = "receive-after-effect"
    RECEIVE_AFTER_COMMIT = "receive-after-commit"
    BULK_AFTER_STAGING = "bulk-after-staging"
    BULK_AFTER_PART = "bulk-after-part"
    BULK_BEFORE_COMMIT = "bulk-before-commit"
    BULK_AFTER_COMMIT = "bulk-after-commit"
    RECEIPT_BEFORE_COMMIT = "receipt-before-commit"
    DISCARD_AFTER = "discard-after"


class Crash(BaseException):
    """The death of the process, as a test sees it; nothing in the house catches it."""


_armed: list[str] = []


def point(name: At) -> None:
    """Die here if told so; otherwise do nothing."""
    if _armed and _armed[-1] == name:
        _armed.pop()
        raise Crash(name)
    if os.environ.get(VARIABLE) == name:
        os._exit(_DIED)


@contextmanager
def armed(name: At | None) -> Iterator[None]:
    """Let the next passage of a point raise :class:`Crash`, in tests; without one, do nothing."""
    if name:
        _armed.append(name)
    try:
        yield
    finally:
        _armed.clear()
