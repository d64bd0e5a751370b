"""The register of cases and the page of one case, first form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from xiezhi.casework import queries
from xiezhi.casework.actions.reveal_party import reveal_party
from xiezhi.casework.models import Party
from xiezhi.casework.permissions import May
from xiezhi.contracts.payloads import PARTY_KIND_LABELS, PARTY_ROLE_LABELS, PartyKind, PartyRole
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import Pagination, PartyCard, Row
from xiezhi.foundation.pages.formats import mask, mask_address
from xiezhi.identity.staff.doors import in_post
from xiezhi.identity.staff.queries import names_of_posts
from xiezhi.trial.filing.forms import CaseSearch
from xiezhi.trial.filing.registers import (
    cases_table,
    claims_table,
    disclosures_table,
    documents_table,
    instruments_table,
)
from xiezhi.trial.filing.sheets import timeline

if TYPE_CHECKING:
    from uuid import UUID

PER_PAGE: Final = 20
LONG_NUMBER: Final = re.compile(r"\d{15}")  # an ID number, old or new; no case number is so long


@in_post
@require_http_methods(["GET", "POST"])
def cases(request: DoorRequest) -> HttpResponse:
    """Show one page of the cases that the post may read, found by number, name or ID number.

    The words come in the body: an address is kept by browsers, and an ID number must not be.
    """
    if not queries.may(May.READ_CASE, actor=request.actor):
        raise Forbidden(permission=str(May.READ_CASE))
    form = CaseSearch(request.POST or request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.search_cases(words, actor=request.actor)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    pagination = Pagination(
        page=page.number,
        pages=page.paginator.num_pages,
        total=page.paginator.count,
        query=[("q", words)] if words and not LONG_NUMBER.search(words) else [],
        unit="件",
    )
    table = cases_table(page.object_list, pagination, searched=bool(words))
    return render(request, "filing/cases.html", {"words": words, "table": table})


@in_post
@require_GET
def case(request: DoorRequest, case_id: UUID) -> HttpResponse:
    """Show one case: parties, claims, e-file, instruments, what happened."""
    found = queries.case(case_id, actor=request.actor)
    opened = queries.may_read_file(found, actor=request.actor)
    events = list(queries.case_events(found))
    documents = queries.documents_of(found, actor=request.actor)
    names = names_of_posts(event.post_id for event in events)
    context = {
        "case": found,
        "opened": opened,
        "intake": queries.intake_of(found, actor=request.actor),
        "parties": [party_card(party, masked=True) for party in queries.parties_of(found)],
        "claims": claims_table(queries.claims_of(found)),
        "documents": documents_table(documents),
        "manifest": queries.manifest_of(found),
        "instruments": instruments_table(queries.instruments_of(found)) if opened else "",
        "disclosures": disclosures_table(list(queries.disclosures_of(found))),
        "events": timeline(events, names, {each.pk: each.name for each in documents}),
    }
    return render(request, "filing/case.html", context)


@in_post
@require_GET
def party(request: DoorRequest, case_id: UUID, party_id: UUID) -> HttpResponse:
    """Answer with the party's card in full; who looked is kept. ``?masked`` hides it again."""
    if "masked" in request.GET:
        found = queries.party(case_id, party_id, actor=request.actor)
        card = party_card(found, masked=True)
    else:
        found = reveal_party(
            case_id=case_id, party_id=party_id, actor=request.actor, at=timezone.now()
        )
        card = party_card(found, masked=False)
    return render(request, "filing/party.html", {"card": card})


def party_card(found: Party, *, masked: bool) -> PartyCard:
    """Make the card of a party, with what identifies it hidden or shown."""
    rows = [
        Row(label="身份号码", value=mask(found.id_number) if masked else found.id_number),
        Row(label="联系电话", value=mask(found.phone, "phone") if masked else found.phone),
        Row(label="住所地", value=mask_address(found.address) if masked else found.address),
    ]
    here = reverse("filing:party", args=[found.case_id, found.pk])
    return PartyCard(
        name=found.name,
        position=PARTY_ROLE_LABELS[PartyRole(found.role)],
        kind=PARTY_KIND_LABELS[PartyKind(found.kind)],
        rows=rows,
        masked=masked,
        reveal_url=here if masked else f"{here}?masked",
    )
