"""Home, and the list of one's matters."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from xiezhi.directory import queries as directory
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import Pagination, WorkRow
from xiezhi.foundation.pages.formats import date_text, local
from xiezhi.identity.login.doors import signed_in
from xiezhi.service.desk import queries
from xiezhi.service.desk.models import Application
from xiezhi.service.desk.progress import chip, clock

ON_HOME, ON_PAGE = 5, 20


@require_safe
def home(request: DoorRequest) -> HttpResponse:
    """Show what one can do here; to somebody logged in, first what is under way."""
    rows: list[WorkRow] = []
    if request.actor.is_authenticated:
        rows = _rows(list(queries.applications(request.actor)[: ON_HOME + 1]))
    context = {"rows": rows[:ON_HOME], "more": len(rows) > ON_HOME, "actor": request.actor}
    return render(request, "desk/home.html", context)


@require_safe
@signed_in
def matters(request: DoorRequest) -> HttpResponse:
    """List the person's applications, the latest change first."""
    paginator = Paginator(queries.applications(request.actor), ON_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    pagination = Pagination(
        page=page.number,
        pages=paginator.num_pages,
        total=paginator.count,
        url=reverse("desk:matters"),
        unit="件",
    )
    context = {"rows": _rows(list(page.object_list)), "pagination": pagination}
    return render(request, "desk/matters.html", context)


def _rows(applications: list[Application]) -> list[WorkRow]:
    names = directory.court_names({each.court_id for each in applications})
    today = local(timezone.now()).date()
    return [_row(each, names.get(each.court_id, ""), today) for each in applications]


def _row(application: Application, court: str, today: date) -> WorkRow:
    return WorkRow(
        title=application.title,
        url=reverse("desk:matter", args=[application.pk]),
        status=chip(application),
        number=application.case_number or application.receipt_number or "",
        facts=[court, f"{date_text(application.changed_at)}更新"],
        clock=clock(application, today),
        note="还没有提交，可以继续填写。" if application.is_draft else "",
    )
