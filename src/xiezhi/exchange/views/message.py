"""The path of one message: where it is, in which hands, by whose clock."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from xiezhi.exchange import message_sheet as sheet
from xiezhi.exchange.queries import may_skip
from xiezhi.exchange.record_tables import interventions
from xiezhi.exchange.views.doors import operators
from xiezhi.exchange.watch.names import own_label, peer_label, type_label
from xiezhi.exchange.watch.path import interventions_on, message_path, quarantined_envelope
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render


@operators
@require_GET
def message(request: DoorRequest, message_id: UUID) -> HttpResponse:
    """Show a message's way, ours or a peer's. Refuses: ``NotFound``, ``Forbidden``."""
    path = message_path(request.actor, message_id)
    ways = (own_label(), peer_label(path.peer))
    context = {
        "path": path,
        "title": type_label(path.message.type),
        "ways": ways if path.outward else ways[::-1],
        "chip": sheet.chip(path),
        "steps": sheet.steps(path),
        "facts": sheet.facts(path),
        "attachments": sheet.attachments(path),
        "related": sheet.related(path),
        "acts": sheet.acts(path, may_skip=may_skip(request.actor)),
        "interventions": interventions(path.interventions) if path.interventions else "",
    }
    return render(request, "exchange/message.html", context)


@operators
@require_GET
def quarantined(request: DoorRequest, quarantined_id: UUID) -> HttpResponse:
    """Show one envelope that failed a check. Refuses: ``NotFound``."""
    row = quarantined_envelope(request.actor, quarantined_id)
    done = interventions_on(request.actor, row.pk)
    context = {
        "row": row,
        "label": peer_label(row.src),
        "facts": sheet.quarantined_facts(row),
        "interventions": interventions(done) if done else "",
    }
    return render(request, "exchange/quarantined.html", context)
