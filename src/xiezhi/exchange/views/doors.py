"""The door of the operators' pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from xiezhi.exchange.queries import may_watch
from xiezhi.foundation.errors import Forbidden, LoginRequired
from xiezhi.foundation.middleware import DoorRequest

P = ParamSpec("P")
View = Callable[Concatenate[DoorRequest, P], HttpResponse]


def operators(view: View[P]) -> View[P]:
    """Let operators in. Refuses: ``LoginRequired`` for a stranger, ``Forbidden`` for others."""

    @wraps(view)
    def inner(request: DoorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.actor.is_authenticated:
            raise LoginRequired
        if not may_watch(request.actor):
            raise Forbidden
        return view(request, *args, **kwargs)

    return inner
