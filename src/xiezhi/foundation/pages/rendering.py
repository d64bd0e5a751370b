"""The one door to a rendered page: whole for a browser, one block of it for htmx."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

import jinja2
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.utils.cache import patch_vary_headers
from jinja2_fragments import render_block

from xiezhi.foundation.pages.shell import PortalShell, display_of, shell_of

# Templates whose part for htmx belongs into the page's alert region, wherever the request came
# from: the form that was refused stays on the page as it was typed.
ALERT_TEMPLATES: Final = frozenset({"foundation/refusal.html"})
ALERT_REGION: Final = "#alerts"


def jinja_environment() -> jinja2.Environment:
    """Give the Jinja2 environment that Django's settings name."""
    for engine in engines.all():
        if isinstance(engine, Jinja2):
            env: jinja2.Environment = engine.env
            return env
    message = "settings.TEMPLATES names no Jinja2 backend"
    raise LookupError(message)


def page_context(request: HttpRequest) -> dict[str, object]:
    """Give what every page may use: request, token, shell, messages, display."""
    return {
        "request": request,
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
        "shell": shell_of(request),
        "display": display_of(request),
        "page_id": secrets.token_hex(4),
        "messages": get_messages(request),
    }


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a template, or one block of it for htmx.

    Refuses: an undefined name, an unknown block, wrong component arguments; all are faults.
    A part takes the waiting messages with it, out of band, into the page's alert region.
    """
    environment = jinja_environment()
    full = page_context(request)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # What failed may be what the shell is made from: this page stands without it.
        full |= {"shell": PortalShell(brand="獬豸"), "messages": ()}
    full |= context or {}
    if block is None:
        text = environment.get_template(template).render(full)
    else:
        text = render_block(environment, template, block, full)
        if template not in ALERT_TEMPLATES and len(get_messages(request)):
            text += environment.get_template("foundation/messages_part.html").render(full)
    response = HttpResponse(text, status=status)
    patch_vary_headers(response, ("HX-Request", "Cookie"))
    if block is not None and template in ALERT_TEMPLATES:
        response["HX-Retarget"] = ALERT_REGION
        response["HX-Reswap"] = "innerHTML show:top"
    return response
