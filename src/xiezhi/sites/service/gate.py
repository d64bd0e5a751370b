"""Who asks at the service site: a person or an operator, each at pages of their own.

The operators' pages answer under ``XIEZHI_OPERATIONS_HOSTS`` alone. To a person they look absent;
to an operator every page of people is refused. All pages pass here, so none can forget it.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from xiezhi.foundation.actors import ANONYMOUS, Actor, ActorKind
from xiezhi.foundation.errors import NotFound
from xiezhi.identity.operators import sessions as operators
from xiezhi.identity.operators.errors import NotForOperators, OperatorLoginRequired
from xiezhi.identity.people import sessions as people
from xiezhi.sites.operations import PREFIX, closed

SHARED: Final = ("/preferences/", "/live/")
"""Where both may ask: how pages look, and the stream of what has changed for oneself."""


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks, having looked whether the page is theirs.

    Refuses: ``OperatorLoginRequired``, ``NotForOperators``; ``NotFound`` for people at the
    operators' pages and for everybody where the host has no such pages. What is refused is
    audited under who was refused.
    """
    operator = operators.actor_of(request)
    actor = operator if operator.is_authenticated else people.actor_of(request)
    request.actor = actor  # type: ignore[attr-defined]  # the door sets it, but after this
    if request.path.startswith(PREFIX):
        _at_operations(request, actor)
    elif not request.path.startswith(SHARED):
        _at_the_portal(request, actor)
    return actor


def answers_operators(request: HttpRequest) -> bool:
    """Tell whether operators' pages exist under the host name that was asked."""
    return _is_host(request, settings.XIEZHI_OPERATIONS_HOSTS)


def is_operator(actor: Actor) -> bool:
    """Tell whether an operator acts: on this site nobody else is staff."""
    return actor.kind is ActorKind.STAFF


def _at_operations(request: HttpRequest, actor: Actor) -> None:
    if not answers_operators(request):
        raise NotFound
    if not closed(request.path) or is_operator(actor):
        return
    if actor == ANONYMOUS:
        raise OperatorLoginRequired
    raise NotFound


def _at_the_portal(request: HttpRequest, actor: Actor) -> None:
    if not _is_host(request, settings.XIEZHI_PORTAL_HOSTS):
        raise NotFound
    if is_operator(actor):
        raise NotForOperators


def _is_host(request: HttpRequest, hosts: list[str]) -> bool:
    domain, _ = split_domain_port(request.get_host())
    return validate_host(domain, hosts)
