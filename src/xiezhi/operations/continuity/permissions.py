"""What may be done with the results of backups and drills."""

from __future__ import annotations

from xiezhi.foundation.permissions import Permission


class ContinuityPermission(Permission):
    """Operators watch; the commands that back up and drill record."""

    WATCH = "continuity.watch"
    RECORD = "continuity.record"
