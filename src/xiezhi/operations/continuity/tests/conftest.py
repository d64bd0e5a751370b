"""Results of drills as the commands tell them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.operations.continuity.models import Backup, Drill

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SYSTEM = Actor.system("continuity.test")


def backup(at: datetime = AT) -> Backup:
    """Make a backup that was finished at ``at``."""
    begun = at - timedelta(minutes=2)
    name = f"{at:%Y%m%dT%H%M%SZ}"
    return Backup(
        id=uuid7(), name=name, begun_at=begun, finished_at=at, bytes=5_000_000, rows=100, files=9
    )


def drill(at: datetime = AT, *, finding: str = "") -> Drill:
    """Make a drill that passed, or one that found something."""
    step = {"label": "核对文件", "seconds": 75.2, "note": "文件 9 个", "findings": []}
    return Drill(
        id=uuid7(),
        backup="20260301T183000Z",
        backup_at=at - timedelta(hours=7),
        begun_at=at - timedelta(seconds=95),
        finished_at=at,
        restored_to=at - timedelta(minutes=6),
        passed=not finding,
        steps=[step | {"findings": [finding] if finding else []}],
    )


def staff(*roles: str) -> Actor:
    """Name a member of staff in a post with these roles."""
    return Actor.staff(uuid7(), post_id=uuid7(), unit_id="C1", roles=frozenset(roles), name="运维")
