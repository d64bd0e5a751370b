"""The operators' page: can this site be restored, how long does it take, when was that shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components.status import StatusChip
from xiezhi.foundation.pages.components.tables import Pagination
from xiezhi.operations.continuity import queries
from xiezhi.operations.continuity.models import Drill
from xiezhi.operations.continuity.queries import Standing
from xiezhi.operations.continuity.tables import duration, history, steps_of

ON_PAGE: Final = 20
BACKUP_AGE: Final = timedelta(days=2)
DRILL_AGE: Final = timedelta(days=92)


@require_GET
def drill_page(request: DoorRequest) -> HttpResponse:
    """Show the last drill and all before it. Refuses: ``Forbidden`` unless an operator."""
    stands = queries.standing(request.actor)
    paginator = Paginator(queries.drills(request.actor), ON_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    pagination = Pagination(
        page=page.number, pages=paginator.num_pages, total=paginator.count, unit="次"
    )
    context = {
        "stands": stands,
        "verdict": _verdict(stands, timezone.now()),
        "took": duration(stands.drill) if stands.drill else "",
        "steps": steps_of(stands.drill) if stands.drill else None,
        "findings": _findings(stands.drill) if stands.drill else [],
        "history": history(list(page.object_list), pagination),
    }
    return render(request, "continuity/drill.html", context)


def _verdict(stands: Standing, now: datetime) -> StatusChip:
    """Say in one chip whether the site can be restored, as far as anything shows it."""
    if stands.backup is None:
        return StatusChip(label="没有备份", tone="alarm")
    if stands.drill is None:
        return StatusChip(label="没有演练过", tone="alarm")
    if not stands.drill.passed:
        return StatusChip(label="最近一次演练没有通过", tone="alarm")
    if now - stands.backup.finished_at > BACKUP_AGE:
        return StatusChip(label="最近的备份已超过两天", tone="wait")
    if now - stands.drill.finished_at > DRILL_AGE:
        return StatusChip(label="已有一季度没有演练", tone="wait")
    return StatusChip(label="可以恢复", tone="done")


def _findings(drill: Drill) -> list[str]:
    return [f"{step['label']}：{finding}" for step in drill.steps for finding in step["findings"]]
