"""The Jinja2 environment of both sites: strict, escaped, with our filters and components."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from markupsafe import Markup

from xiezhi.foundation.pages.components import Components, bind
from xiezhi.foundation.pages.formats import FILTERS
from xiezhi.foundation.pages.icons import ICONS
from xiezhi.foundation.pages.refusals import refusal_title

_ICON = Markup(
    '<svg class="xz-icon" aria-hidden="true" focusable="false">'
    '<use href="{sheet}#{name}"></use></svg>'
)


def url(name: str, *args: object, **kwargs: object) -> str:
    """Give the address of a named page; an unknown name is a fault, never an empty link."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@cache
def address(path: str) -> str:
    """Give the address of a static file; a page names the same few dozens of times."""
    return static(path)


def icon(name: str) -> Markup:
    """Show an icon of the sprite, hidden from screen readers: the words beside it say it.

    Refuses: a name that is not in the sprite (KeyError).
    """
    if name not in ICONS:
        raise KeyError(name)
    return _ICON.format(sheet=address("vendor/icons.svg"), name=name)


def environment(
    *,
    loader: jinja2.BaseLoader | None = None,
    auto_reload: bool = False,
    autoescape: bool = True,
    undefined: type[jinja2.Undefined] | None = None,
    extensions: tuple[str, ...] = (),
) -> jinja2.Environment:
    """Make the environment for Django's Jinja2 backend.

    ``autoescape`` and ``undefined`` are what Django's backend passes by default; both are fixed
    here: escaping is always on and an undefined name always fails.
    """
    del autoescape, undefined
    made = jinja2.Environment(
        loader=loader,
        autoescape=True,
        auto_reload=auto_reload,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", *extensions],
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=1000,
    )
    # The i18n extension adds this method at run time, so that typing does not know it.
    install: Callable[..., None] = made.install_gettext_callables  # type: ignore[attr-defined]
    install(translation.gettext, translation.ngettext, newstyle=True)
    made.filters.update(FILTERS)
    made.globals.update(
        static=address, url=url, icon=icon, refusal_title=refusal_title, ui=Components(made)
    )
    bind(made)
    return made
