"""Identifiers: UUIDv7, ordered by the time they were made."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import uuid_utils.compat


def uuid7() -> UUID:
    """Make a new identifier (RFC 9562 version 7)."""
    return uuid_utils.compat.uuid7()


def uuid7_floor(at: datetime) -> UUID:
    """Give the smallest identifier that can have been made at ``at``.

    Serves as a partition bound: every identifier made at or after ``at`` is not smaller.
    """
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=milliseconds << 80)
