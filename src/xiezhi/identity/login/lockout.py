"""What django-axes answers with when an account is locked out: the page that already says so."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse


def keep_page(
    request: HttpRequest, response: HttpResponse, credentials: Mapping[str, str] | None = None
) -> HttpResponse:
    """Keep the login page, which explains the lock-out and when it ends."""
    del request, credentials
    return response
