"""Pages before the form: what can be filed, what it takes, at which court."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from xiezhi.contracts.kinds import ApplicationKind
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import Choice
from xiezhi.foundation.pages.formats import local
from xiezhi.identity.login.doors import signed_in
from xiezhi.identity.people.queries import own_account
from xiezhi.law.fees import acceptance_fee
from xiezhi.service.desk import queries as desk
from xiezhi.service.desk.actions.start_draft import start_draft
from xiezhi.service.filing import queries
from xiezhi.service.filing.asides import fee_context
from xiezhi.service.filing.fees import PROPERTY
from xiezhi.service.filing.forms import CourtForm

UNPROCESSABLE = 422
EXAMPLES = (Decimal(10_000), Decimal(48_000), Decimal(200_000))
PLAINTIFF = "plaintiff"


@require_safe
def kinds_page(request: DoorRequest) -> HttpResponse:
    """Show what can be filed."""
    return render(request, "filing/kinds.html", {"kinds": queries.kinds_of_filing()})


@require_http_methods(["GET", "POST"])
def start_page(request: DoorRequest, kind_code: str) -> HttpResponse:
    """Explain what a filing takes and let the court be chosen; on POST open the draft."""
    kind = queries.kind_of_filing(kind_code)
    if request.method == "GET":
        return _start(request, kind, CourtForm(initial={"court": request.GET.get("court", "")}))
    form = CourtForm(request.POST)
    if not form.is_valid():
        return _start(request, kind, form, status=UNPROCESSABLE)
    if not request.actor.is_authenticated:
        return redirect(_after_login(request, form.cleaned_data["court"]))
    return _begin(request, kind, form.cleaned_data["court"])


@require_safe
@signed_in
def fee(request: DoorRequest, application_id: UUID) -> HttpResponse:
    """Give the fee quote anew, after a sum was typed."""
    application = desk.application(application_id, actor=request.actor)
    today = local(timezone.now()).date()
    context = fee_context(application, today)
    return render(request, "filing/fee_quote.html", context, block="quote")


def _after_login(request: DoorRequest, court: str) -> str:
    """Lead through the login back to this page, with the court still chosen."""
    chosen = urlencode({"city": request.POST.get("city", ""), "court": court})
    return f"{settings.LOGIN_URL}?{urlencode({'next': f'{request.path}?{chosen}'})}"


def _begin(request: DoorRequest, kind: ApplicationKind, court_id: str) -> HttpResponse:
    application = start_draft(
        kind_code=kind.code,
        court_id=court_id,
        actor=request.actor,
        at=timezone.now(),
        typed=_known(request, kind),
    )
    return redirect("desk:step", application.pk, kind.form.sections[0].name)


def _known(request: DoorRequest, kind: ApplicationKind) -> dict[str, Any]:
    """Fill in what the account says of the plaintiff, where the form asks exactly that."""
    sections = {section.name: section for section in kind.form.sections}
    section = sections.get(PLAINTIFF)
    if section is None or section.repeated:
        return {}
    account = own_account(request.actor)
    known = {"name": account.name, "id_number": account.id_number, "phone": account.phone}
    return {PLAINTIFF: {spec.name: known.get(spec.name, "") for spec in section.fields}}


def _start(
    request: DoorRequest, kind: ApplicationKind, form: CourtForm, status: int = 200
) -> HttpResponse:
    today = local(timezone.now()).date()
    cities = queries.cities()
    asked = request.GET.get("city") or request.POST.get("city") or ""
    city = next((each for each in cities if each.code == asked), None)
    context = {
        "kind": kind,
        "form": form,
        "actor": request.actor,
        "city": city,
        "city_choices": [Choice(value=each.code, label=each.name) for each in cities],
        "court_choices": [
            Choice(value=court.code, label=court.name, hint=court.address)
            for court in (city.courts if city else [])
        ],
        "examples": [(each, acceptance_fee(PROPERTY, each, on=today).gross) for each in EXAMPLES],
    }
    return render(request, "filing/start.html", context, status=status)
