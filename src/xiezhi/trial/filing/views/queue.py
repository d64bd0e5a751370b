"""The desk's home: the queue of applications with their clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from xiezhi.casework.models import Intake, WorkItem
from xiezhi.casework.models.work import Desk
from xiezhi.casework.permissions import May
from xiezhi.casework.queries import desk_counts, intakes_of, may, work_for
from xiezhi.casework.states import WorkState
from xiezhi.exchange.queries import may_watch
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import Pagination, WorkRow
from xiezhi.foundation.pages.formats import moment, money
from xiezhi.identity.staff.doors import in_post
from xiezhi.identity.staff.queries import names_of_posts
from xiezhi.trial.filing.forms import OVERDUE, PENDING, QueueFilter
from xiezhi.trial.filing.sheets import clock, state_chip

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

PER_PAGE: Final = 20
KEYED: Final = 9
# Parts of the queue whose length the counts tell already.
COUNTED: Final = {PENDING: "waiting", OVERDUE: "overdue", "open": "open", "claimed": "claimed"}
UNDONE: Final = (WorkState.OPEN, WorkState.CLAIMED)


@in_post
@require_GET
def queue(request: DoorRequest) -> HttpResponse:
    """Show one page of the queue; htmx asks for the list alone when something has changed."""
    if not may(May.READ_INTAKE, actor=request.actor):
        return _elsewhere(request)
    today = timezone.localdate()
    chosen = QueueFilter(request.GET).chosen
    work = _part(work_for(request.actor, desk=Desk.FILING), chosen, today)
    counts = desk_counts(request.actor, desk=Desk.FILING, today=today)
    request.desk_counts = counts  # type: ignore[attr-defined]  # the navigation shows them too
    paginator = Paginator(work, PER_PAGE)
    if chosen in COUNTED:
        paginator.count = getattr(counts, COUNTED[chosen])
    page = paginator.get_page(request.GET.get("page"))
    items = list(page.object_list)
    intakes = intakes_of(items, actor=request.actor)
    names = names_of_posts(item.claimed_by for item in items)
    context = {
        "counts": counts,
        "chosen": chosen,
        "here": request.get_full_path(),
        "rows": [
            _row(item, intakes[item.subject_id], names, position, today)
            for position, item in enumerate(items, 1)
        ],
        "pagination": Pagination(
            page=page.number,
            pages=page.paginator.num_pages,
            total=page.paginator.count,
            query=[("state", chosen)],
            unit="件",
        ),
    }
    block = "queue" if request.headers.get("HX-Request") else None
    return render(request, "filing/queue.html", context, block=block)


def _elsewhere(request: DoorRequest) -> HttpResponse:
    """Lead those who have no business at this desk to theirs, or say that nothing waits."""
    if may(May.READ_CASE, actor=request.actor):
        return redirect("filing:cases")
    if may_watch(request.actor):
        return redirect("operations")
    return render(request, "filing/home.html")


def _part(work: QuerySet[WorkItem], chosen: str, today: date) -> QuerySet[WorkItem]:
    if chosen == PENDING:
        return work.filter(state__in=UNDONE)
    if chosen == OVERDUE:
        return work.filter(state__in=UNDONE, due_on__lt=today)
    part = work.filter(state=chosen)
    return part.order_by("-closed_at", "-id") if chosen == WorkState.DONE else part


def _row(
    item: WorkItem, intake: Intake, names: Mapping[UUID, str], position: int, today: date
) -> WorkRow:
    facts = [intake.cause]
    if intake.claim_amount is not None:
        facts.append(money(intake.claim_amount))
    facts.append(f"{moment(intake.submitted_at)}提交")
    if item.claimed_by:
        facts.append(f"经办：{names.get(item.claimed_by, '')}")
    if intake.case is not None:
        facts.append(intake.case.case_number)
    done = item.state == WorkState.DONE
    return WorkRow(
        title=intake.parties_line,
        url=reverse("filing:intake", args=[intake.pk]),
        number=intake.receipt_number,
        facts=facts,
        status=state_chip(intake),
        clock=None if done else clock(intake, item, today=today, compact=True),
        unread=item.state == WorkState.OPEN,
        key=str(position) if position <= KEYED else "",
    )
