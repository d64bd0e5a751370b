"""Doors of views: who must have logged in before a page opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

from django.http.response import HttpResponseBase

from xiezhi.foundation.errors import LoginRequired
from xiezhi.foundation.middleware import DoorRequest

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def signed_in(
    view: Callable[Concatenate[DoorRequest, P], R],
) -> Callable[Concatenate[DoorRequest, P], R]:
    """Open the view only to somebody who has logged in; others go to the login and come back."""

    def door(request: DoorRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not request.actor.is_authenticated:
            raise LoginRequired
        return view(request, *args, **kwargs)

    update_wrapper(door, view)
    return door
