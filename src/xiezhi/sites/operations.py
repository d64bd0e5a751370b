"""The operators' pages of both sites: where they lie, and the ways between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from xiezhi.exchange.queries import may_watch
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.pages.shell import NavGroup, NavItem

PREFIX: Final = "/operations/"
LOGIN: Final = "/operations/login/"
OPEN: Final = (LOGIN, "/operations/metrics")
"""Below these, what answers looks itself at who asks: the login, and figures by their token."""


@dataclass(frozen=True, slots=True)
class OperationsPage:
    """One way in the navigation: the name of its address, and the key that leads there."""

    label: str
    name: str
    icon: str
    key: str


PAGES: Final = (
    OperationsPage("安全交换", "exchange:console", "transfer", "g e"),
    OperationsPage("对方站点", "exchange:peers", "switch-horizontal", "g p"),
    OperationsPage("恢复演练", "continuity:drill", "rotate-clockwise", "g d"),
)
"""All ways in their order; operators land on the first. A new page is one line here."""


def closed(path: str) -> bool:
    """Tell whether a page is the operators' and opens only after a login."""
    return path.startswith(PREFIX) and not path.startswith(OPEN)


def ways(request: HttpRequest, actor: Actor) -> list[NavGroup]:
    """Give the group of ways for an operator, nothing for anybody else."""
    if not may_watch(actor):
        return []
    urls = [reverse(page.name) for page in PAGES]
    here = max((url for url in urls if request.path.startswith(url)), key=len, default="")
    items = [
        NavItem(label=page.label, url=url, icon=page.icon, key=page.key, current=url == here)
        for page, url in zip(PAGES, urls, strict=True)
    ]
    return [NavGroup(label="运行", items=items)]


def landing(request: HttpRequest) -> HttpResponse:
    """Lead an operator to the first page of operations."""
    del request
    return redirect(PAGES[0].name)
