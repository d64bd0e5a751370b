"""A browser for the operators' pages: asks as an actor, without a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting

ROOT = "/operations/exchange/"


def staff(*roles: str) -> Actor:
    """Name a member of staff in a post with these roles."""
    return Actor.staff(uuid7(), post_id=uuid7(), unit_id="C1", roles=frozenset(roles), name="运维")


@dataclass
class Pages:
    """Ask for pages as ``actor``, in one transaction each, as the door does."""

    actor: Actor = field(default_factory=lambda: staff("system_admin"))
    factory: RequestFactory = field(default_factory=RequestFactory)

    def get(self, path: str = "", **headers: str) -> HttpResponse:
        """Ask for a page below the console."""
        return self._ask(self.factory.get(ROOT + path, headers=headers), path)

    def post(self, path: str, **fields: Any) -> HttpResponse:
        """Send a form."""
        return self._ask(self.factory.post(ROOT + path, fields), path)

    def text(self, path: str = "") -> str:
        """Give what a page says."""
        return self.get(path).content.decode()

    def _ask(self, request: Any, path: str) -> HttpResponse:
        request.actor = self.actor
        request._messages = CookieStorage(request)
        view, args, kwargs = resolve(ROOT + path.partition("?")[0])
        with acting(self.actor):
            return view(request, *args, **kwargs)  # type: ignore[no-any-return]  # a view's answer
