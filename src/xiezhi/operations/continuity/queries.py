"""What may be asked of backups and drills."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require, visible
from xiezhi.operations.continuity.grants import GRANTS
from xiezhi.operations.continuity.models import Backup, Drill
from xiezhi.operations.continuity.permissions import ContinuityPermission as May


def drills(actor: Actor) -> QuerySet[Drill]:
    """List the drills, newest first."""
    return Drill.objects.filter(visible(GRANTS, May.WATCH, actor)).order_by("-id")


@dataclass(frozen=True, slots=True)
class Standing:
    """How the site stands: its newest backup and its newest drill, if there were any."""

    backup: Backup | None
    drill: Drill | None


def standing(actor: Actor) -> Standing:
    """Tell how the site stands. Refuses: ``Forbidden`` unless an operator."""
    require(GRANTS, May.WATCH, actor, Drill())
    newest = Backup.objects.filter(visible(GRANTS, May.WATCH, actor)).order_by("-id").first()
    return Standing(newest, drills(actor).first())
