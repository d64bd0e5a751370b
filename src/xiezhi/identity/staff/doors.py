"""Doors of the workbench: who has not logged in, or has not chosen a post, is shown the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import quote

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from xiezhi.foundation.actors import ActorKind
from xiezhi.foundation.errors import LoginRequired
from xiezhi.foundation.middleware import DoorRequest

P = ParamSpec("P")
View = Callable[Concatenate[DoorRequest, P], HttpResponseBase]


def logged_in(view: View[P]) -> View[P]:
    """Let members of staff in, with or without a post. Refuses: ``LoginRequired``."""

    @wraps(view)
    def inner(request: DoorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.actor.kind is not ActorKind.STAFF:
            raise LoginRequired
        return view(request, *args, **kwargs)

    return inner


def in_post(view: View[P]) -> View[P]:
    """Let in whoever acts in a post; others choose one first, then come back."""

    @wraps(view)
    def inner(request: DoorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.actor.post_id is None:
            return redirect(f"{reverse('staff:post')}?next={quote(request.get_full_path())}")
        return view(request, *args, **kwargs)

    return logged_in(inner)
