"""``manage continuity_record``: enter results of backups and drills; called by the commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.utils import timezone
from typing_extensions import override

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.operations.continuity.actions.record_results import record_results
from xiezhi.operations.continuity.models import Backup, Drill

SYSTEM = Actor.system("continuity.record")


class Command(BaseCommand):
    """Read ``{"backups": […], "drills": […]}`` from standard input."""

    help = "记录备份与恢复演练的结果（由 xiezhi backup 和 xiezhi drill 调用）"

    @override
    def handle(self, *_: Any, **__: Any) -> None:
        """Enter what is new."""
        told = json.loads(sys.stdin.read())
        with acting(SYSTEM):
            added = record_results(
                backups=[_backup(each) for each in told["backups"]],
                drills=[_drill(each) for each in told["drills"]],
                at=timezone.now(),
                actor=SYSTEM,
            )
        self.stdout.write(str(added))


def _backup(told: Mapping[str, Any]) -> Backup:
    return Backup(
        id=UUID(told["id"]),
        name=told["name"],
        begun_at=datetime.fromisoformat(told["begun_at"]),
        finished_at=datetime.fromisoformat(told["finished_at"]),
        bytes=told["bytes"],
        rows=told["rows"],
        files=told["files"],
    )


def _drill(told: Mapping[str, Any]) -> Drill:
    restored = told["restored_to"]
    return Drill(
        id=UUID(told["id"]),
        backup=told["backup"],
        backup_at=datetime.fromisoformat(told["backup_at"]),
        begun_at=datetime.fromisoformat(told["begun_at"]),
        finished_at=datetime.fromisoformat(told["finished_at"]),
        restored_to=datetime.fromisoformat(restored) if restored else None,
        passed=told["passed"],
        steps=told["steps"],
    )
