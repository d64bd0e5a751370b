"""Views of the shells themselves: large letters and the dark theme, kept in cookies."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from xiezhi.foundation.pages.shell import THEME_COOKIE, TYPE_COOKIE

_YEAR: Final = 365 * 24 * 3600
_ALLOWED: Final = {
    "type": (TYPE_COOKIE, frozenset({"large", "normal"})),
    "theme": (THEME_COOKIE, frozenset({"light", "dark"})),
}


@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Keep how this browser wants its pages, and go back to where it was."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    for name, (cookie, allowed) in _ALLOWED.items():
        value = request.POST.get(name, "")
        if value in allowed:
            response.set_cookie(
                cookie, value, max_age=_YEAR, samesite="Lax", httponly=True,
                secure=request.is_secure(),
            )  # fmt: skip
    return response
