"""What backups and drills leave behind for the operators' page."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from xiezhi.sites.continuity.place import Place
from xiezhi.sites.continuity.store import Store
from xiezhi.sites.run import children
from xiezhi.sites.run.console import say
from xiezhi.sites.run.probes import listens_at

_RECENT: Final = 100


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StepTold(_Told):
    """One step of a drill: how long it took, what it looked at, what it found wrong."""

    label: str
    seconds: float
    note: str = ""
    findings: tuple[str, ...] = ()


class DrillTold(_Told):
    """One drill; passed when it came to its end and no step found anything."""

    v: Literal[1] = 1
    id: UUID
    site: str
    backup: str
    backup_at: datetime
    begun_at: datetime
    finished_at: datetime
    restored_to: datetime | None
    passed: bool
    steps: tuple[StepTold, ...]


def keep(store: Store, drill: DrillTold) -> None:
    """Write the result of a drill beside the backups, whatever becomes of the database."""
    path = store.drills / f"{drill.id}.json"
    fresh = path.with_name(f".{path.name}")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(drill.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)


def record(place: Place) -> bool:
    """Enter recent backups and drills into the site's database if it answers now. Idempotent.

    What cannot be entered is kept beside the backups and entered the next time.
    """
    cluster = place.cluster()
    if not listens_at(cluster.sockets):
        return False
    told = {
        "backups": [
            each.model_dump(mode="json", include={"id", "name", "begun_at", "finished_at"})
            | {
                "bytes": each.base.bytes + (each.files.bytes if each.files else 0),
                "rows": sum(each.rows.values()),
                "files": each.files.count if each.files else 0,
            }
            for each in list(place.store.manifests())[-_RECENT:]
        ],
        "drills": [
            DrillTold.model_validate_json(path.read_text("utf-8")).model_dump(mode="json")
            for path in sorted(place.store.drills.glob("*.json"))[-_RECENT:]
        ],
    }
    done = children.run(
        [sys.executable, "-m", "django", "continuity_record"],
        env=place.environ() | place.database(cluster).environ(),
        account=place.accounts.programs[place.site],
        given=json.dumps(told),
    )
    if done.returncode != 0:
        say(f"结果没有记入 {place.site} 的数据库，下次再记：{done.stderr.strip()[-300:]}")
    return done.returncode == 0
