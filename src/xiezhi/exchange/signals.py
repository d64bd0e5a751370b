"""Wake the exchange process when, and only when, a transaction commits."""

from __future__ import annotations

from typing import Final

from django.db import connection

CHANNEL: Final = "xiezhi_exchange"


def wake_relay() -> None:
    """Notify the relay of work; equal notifications of one transaction are one."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
