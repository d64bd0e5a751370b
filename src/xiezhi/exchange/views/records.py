"""Alarms, and what operators did, page by page."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from xiezhi.exchange import record_tables
from xiezhi.exchange.views.doors import operators
from xiezhi.exchange.watch import records
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import Pagination

PER_PAGE: Final = 20
ALL: Final = "all"


@operators
@require_GET
def alarms(request: DoorRequest) -> HttpResponse:
    """Show open alarms, or with ``?show=all`` every one. Refuses: ``Forbidden``."""
    everything = request.GET.get("show") == ALL
    rows = records.alarms(request.actor, open_only=not everything)
    listed, pagination = _page(request, rows, [("show", ALL)] if everything else [])
    context = {"everything": everything, "table": record_tables.alarms(listed, pagination)}
    return render(request, "exchange/alarms.html", context)


@operators
@require_GET
def interventions(request: DoorRequest) -> HttpResponse:
    """Show what operators did. Refuses: ``Forbidden``."""
    listed, pagination = _page(request, records.interventions(request.actor), [])
    context = {"table": record_tables.interventions(listed, pagination)}
    return render(request, "exchange/interventions.html", context)


def _page(
    request: DoorRequest, rows: QuerySet[Any], query: list[tuple[str, str]]
) -> tuple[list[Any], Pagination]:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    pagination = Pagination(
        page=page.number,
        pages=page.paginator.num_pages,
        total=page.paginator.count,
        query=query,
    )
    return list(page.object_list), pagination
