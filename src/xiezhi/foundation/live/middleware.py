"""Tell each page where its stream of live updates is, and let the policy allow that one origin."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class LiveOriginMiddleware:
    """Set ``request.live_url`` and add its origin to ``connect-src``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Point to the page's own host at the site's live port."""
        host = request.get_host()
        name = host.rsplit(":", 1)[0] if ":" in host.rsplit("]", 1)[-1] else host
        origin = f"{request.scheme}://{name}:{settings.XIEZHI_LIVE_PORT}"
        request.live_url = f"{origin}/live/"  # type: ignore[attr-defined]
        response = self.get_response(request)
        setattr(response, "_csp_update", {"connect-src": [origin]})  # noqa: B010 - django-csp's door
        return response
