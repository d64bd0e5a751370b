"""Tell open pages that something changed, when and only when the transaction commits."""

from __future__ import annotations

import json
from uuid import UUID

from django.db import connection

CHANNEL = "xiezhi_live"


def publish(topic: str, kind: str, subject_id: UUID) -> None:
    """Notify the subscribers of ``topic``; the message carries ids only, the page asks again."""
    payload = json.dumps({"topic": topic, "kind": kind, "id": str(subject_id)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def account_topic(account_id: UUID) -> str:
    """Name the topic of one account."""
    return f"account:{account_id}"


def unit_topic(unit_id: str) -> str:
    """Name the topic of one unit's desks."""
    return f"unit:{unit_id}"
