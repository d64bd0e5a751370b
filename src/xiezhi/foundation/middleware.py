"""The door every request passes: an identifier, one transaction, one way to be refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import LoginRequired, Refusal
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.pages import render
from xiezhi.foundation.transactions import acting, became

GetResponse = Callable[[HttpRequest], HttpResponse]
RefusalHook = Callable[[Refusal, Actor, str, "UUID"], None]
REFUSAL_HOOKS: list[RefusalHook] = []
SYSTEM_IDENTIFY = Actor.system("identify")

log = structlog.get_logger(__name__)


class DoorRequest(HttpRequest):
    """What views receive: a request that knows its actor and its identifier."""

    actor: Actor
    request_id: UUID


class RequestIdMiddleware:
    """Give each request an identifier, bind it to the log and return it in a header."""

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Bind, pass on, unbind."""
        request_id = uuid7()
        request.request_id = request_id  # type: ignore[attr-defined]
        request.actor = ANONYMOUS  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request_id=str(request_id)):
            response = self.get_response(request)
            route = _route(request)
            log.info("request", method=request.method, route=route, status=response.status_code)
        response["X-Request-ID"] = str(request_id)
        return response


class DoorMiddleware:
    """Run each view in one transaction that knows its actor; turn refusals into pages.

    A refusal rolls everything back and is then audited in a transaction of its own by
    ``REFUSAL_HOOKS``. Views of a stream mark themselves ``own_transactions = True``.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the rest of the chain and the site's way to tell who asks."""
        self.get_response = get_response
        self.resolve: Callable[[HttpRequest], Actor] = import_string(settings.XIEZHI_ACTOR_RESOLVER)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; pages with an actor are never kept by caches."""
        response = self.get_response(request)
        if request.actor.is_authenticated:  # type: ignore[attr-defined]
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Call the view inside its transaction."""
        if getattr(view, "own_transactions", False):
            return None
        try:
            with acting(SYSTEM_IDENTIFY):
                actor = self.resolve(request)
                request.actor = actor  # type: ignore[attr-defined]
                with became(actor):
                    return view(request, *args, **kwargs)
        except LoginRequired as refusal:
            return self._to_login(request, refusal.login_url or settings.LOGIN_URL)
        except Refusal as refusal:
            return refuse(request, refusal)

    def _to_login(self, request: HttpRequest, login_url: str) -> HttpResponse:
        target = f"{login_url}?next={quote(_page_of(request))}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        return redirect(target)


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Audit ``refusal`` in a transaction of its own and render it, as a page or as a part."""
    note(request, refusal)
    context = {"refusal": refusal, "request_id": request.request_id}  # type: ignore[attr-defined]
    block = "notice" if request.headers.get("HX-Request") else None
    return render(request, "foundation/refusal.html", context, block=block, status=refusal.status)


def note(request: HttpRequest, refusal: Refusal) -> None:
    """Audit ``refusal``; also for a view that shows it within its own form, where typing stays."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    request_id: UUID = request.request_id  # type: ignore[attr-defined]
    route = _route(request)
    log.info("refused", code=refusal.code, route=route)
    with acting(actor if actor.is_authenticated else Actor.system("refusal")), transaction.atomic():
        for hook in REFUSAL_HOOKS:
            hook(refusal, actor, route, request_id)


def _page_of(request: HttpRequest) -> str:
    """Return the page on which the person is: a part or an act is no place to come back to."""
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if page.netloc != request.get_host():
        return request.path
    return f"{page.path}?{page.query}" if page.query else page.path


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match and match.view_name else "unknown"
