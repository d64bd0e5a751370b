"""The operators' page: what waits, what is on its way, what is held, what is quarantined."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from xiezhi.exchange.queries import overview
from xiezhi.exchange.tables import tables_of
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render

PEER_LABELS: Final = {"service": "互联网诉讼服务", "court": "法院专网"}


@require_GET
def console(request: DoorRequest) -> HttpResponse:
    """Show each peer's queues with reasons. Refuses: ``Forbidden`` unless an operator."""
    peers = []
    for peer in settings.XIEZHI_PEERS:
        stands = overview(request.actor, peer)
        label = PEER_LABELS.get(peer, peer)
        peers.append({"label": label, "overview": stands, "tables": tables_of(stands)})
    return render(request, "exchange/console.html", {"peers": peers})
