"""Figures of the exchange for a monitoring system, in Prometheus' text format."""

from __future__ import annotations

import hmac
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from xiezhi.exchange import roster
from xiezhi.exchange.watch.metrics import ExchangeCollector
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting

ACTOR: Final = Actor.system("exchange.metrics")


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the figures as they stand now.

    Without ``XIEZHI_METRICS_TOKEN`` there is no such page; with it the request bears it as
    ``Authorization: Bearer``. A machine asks: it has no session and no post.
    """
    token: str = getattr(settings, "XIEZHI_METRICS_TOKEN", "")
    if not token:
        return HttpResponse(status=404)
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {token}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry(auto_describe=False)
    with acting(ACTOR):
        registry.register(ExchangeCollector(roster.peers(), timezone.now()))
        text = generate_latest(registry)
    return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


metrics.own_transactions = True  # type: ignore[attr-defined]  # read by the door
