"""What an auditor may ask of the audit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import visible
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.grants import GRANTS
from xiezhi.security.audit.models import AuditEntry
from xiezhi.security.audit.permissions import AuditPermission

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to narrow the entries by; empty means any."""

    since: datetime | None = None
    until: datetime | None = None
    actor_id: UUID | None = None
    subject_id: UUID | None = None
    request_id: UUID | None = None
    act: str = ""
    code: str = ""
    outcome: str = ""

    def as_q(self) -> Q:
        """Return the filter over entries."""
        equal = {
            name: getattr(self, name)
            for name in ("actor_id", "subject_id", "request_id", "act", "code", "outcome")
            if getattr(self, name)
        }
        condition = Q(**equal)
        if self.since:
            condition &= Q(at__gte=self.since)
        if self.until:
            condition &= Q(at__lt=self.until)
        return condition


def entries(
    actor: Actor, narrowed: AuditFilter | None = None, *, limit: int = 100
) -> list[AuditEntry]:
    """List the entries that ``actor`` may read, newest first, at most ``MOST``.

    The database shows entries to the system only (and to everybody their own), so the list is
    read as the system, under the same filter that the grants give.
    """
    condition = visible(GRANTS, AuditPermission.READ, actor)
    narrowed = narrowed or AuditFilter()
    with acting(Actor.system("audit.read")):
        rows = AuditEntry.objects.filter(condition, narrowed.as_q()).order_by("-id")
        return list(rows[: min(limit, MOST)])
