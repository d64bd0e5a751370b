"""What the two shells show around a page: the portal's top bar, the workbench's navigation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from xiezhi.foundation.pages.components.base import Text, item
from xiezhi.foundation.pages.components.layout import Link

TYPE_COOKIE: Final = "xz_type"
THEME_COOKIE: Final = "xz_theme"
Theme = Literal["light", "dark"]


@item
class Display:
    """How this browser wants its pages: letters and theme, kept in two cookies."""

    large: bool = False
    theme: Theme = "light"


@item
class Account:
    """Who is logged in; ``note`` says in which capacity (实名已核验, 律师)."""

    name: Text
    note: Text = ""
    links: Sequence[Link] = ()
    logout_url: str = ""


@item
class NavItem:
    """A way in the workbench's navigation: ``count`` waits there, ``overdue`` of it is late."""

    label: Text
    url: str
    icon: str
    count: int | None = None
    overdue: int = 0
    current: bool = False
    key: str = ""


@item
class NavGroup:
    """Ways that belong together."""

    label: Text
    items: Sequence[NavItem]


@item
class PortalShell:
    """The portal around a page; ``notice`` stands on every page while it concerns everybody."""

    brand: Text = "诉讼服务"
    home_url: str = "/"
    nav: Sequence[Link] = ()
    search_url: str = ""
    search_hint: Text = "查案号、找服务、问流程"
    account: Account | None = None
    login_url: str = ""
    register_url: str = ""
    live_url: str = ""
    footer_links: Sequence[Link] = ()
    notice: Text = ""


@item
class WorkbenchShell:
    """The workbench around a page: where one can go, and as whom one acts.

    ``notice`` stands on every page while it concerns everybody.
    """

    brand: Text = "办案工作台"
    home_url: str = "/"
    court: Text = ""
    groups: Sequence[NavGroup] = ()
    acting_name: Text = ""
    acting_post: Text = ""
    switch_url: str = ""
    account_links: Sequence[Link] = ()
    logout_url: str = ""
    search_url: str = ""
    search_hint: Text = "案号、当事人、承办人"
    live_url: str = ""
    notice: Text = ""


Shell = PortalShell | WorkbenchShell
ShellOf = Callable[["HttpRequest"], Shell]


def plain_portal(request: HttpRequest) -> Shell:
    """Give the bare portal, for a site that has not named its own."""
    del request
    return PortalShell()


def shell_of(request: HttpRequest) -> Shell:
    """Give the shell around this request's page, made only when a page shows it.

    ``settings.XIEZHI_SHELL`` names a function from request to shell. Fragments never call it.
    """
    path: str = getattr(settings, "XIEZHI_SHELL", "xiezhi.foundation.pages.shell.plain_portal")
    make: ShellOf = import_string(path)
    lazy: Shell = SimpleLazyObject(lambda: make(request))  # type: ignore[assignment]  # stands in
    return lazy


def display_of(request: HttpRequest) -> Display:
    """Read how this browser wants its pages."""
    dark = request.COOKIES.get(THEME_COOKIE) == "dark"
    large = request.COOKIES.get(TYPE_COOKIE) == "large"
    return Display(large=large, theme="dark" if dark else "light")
