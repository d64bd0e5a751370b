"""Days and hours of Shanghai, told from the ids of messages: a UUIDv7 begins with its instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from xiezhi.foundation.ids import uuid7_floor

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
HOURS: Final = 24


def day_of(message_id: UUID) -> date:
    """Return the Shanghai date on which the id was made."""
    return _shanghai_date(datetime.fromtimestamp((message_id.int >> 80) / 1000, UTC))


def day_before(at: datetime) -> date:
    """Return the newest Shanghai day that has ended at ``at``."""
    return _shanghai_date(at) - timedelta(days=1)


def start_of(day: date) -> datetime:
    """Return the instant at which a Shanghai day begins."""
    return datetime.combine(day, time(), SHANGHAI)


def end_of(day: date) -> datetime:
    """Return the instant at which a Shanghai day ends: the next one's beginning."""
    return start_of(day + timedelta(days=1))


def hour_floors(day: date) -> tuple[UUID, ...]:
    """Return the smallest id of each hour of the day, and of the next day.

    Shape: 25 ids; hour ``h`` is what is not below the ``h``-th and below the one after it.
    """
    begins = start_of(day).astimezone(UTC)
    return tuple(uuid7_floor(begins + timedelta(hours=hour)) for hour in range(HOURS + 1))


def _shanghai_date(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()
