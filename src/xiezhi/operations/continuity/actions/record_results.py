"""Record what backups and drills told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require
from xiezhi.operations.continuity.grants import GRANTS
from xiezhi.operations.continuity.models import Backup, Drill
from xiezhi.operations.continuity.permissions import ContinuityPermission as May
from xiezhi.security.audit.actions.audit import audit


@transaction.atomic
def record_results(
    *, backups: Sequence[Backup], drills: Sequence[Drill], at: datetime, actor: Actor
) -> int:
    """Add the results that are not known yet; return how many.

    Refuses: ``Forbidden`` unless the system's own command records. Idempotence: known by id.
    """
    require(GRANTS, May.RECORD, actor, Drill())
    known = _known(Backup, backups) | _known(Drill, drills)
    taken = [backup for backup in backups if backup.pk not in known]
    made = [drill for drill in drills if drill.pk not in known]
    Backup.objects.bulk_create(taken, ignore_conflicts=True)
    Drill.objects.bulk_create(made, ignore_conflicts=True)
    for drill in made:
        audit(
            act="continuity.drilled",
            actor=actor,
            at=at,
            subject_kind="drill",
            subject_id=drill.pk,
            facts={"passed": drill.passed},
        )
    return len(taken) + len(made)


def _known(model: type[Model], rows: Sequence[Model]) -> set[UUID]:
    found = model._default_manager.filter(pk__in=[row.pk for row in rows])
    return set(found.values_list("pk", flat=True))
