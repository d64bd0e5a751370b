"""The name ``ui`` in templates: every component and item, called by keyword only."""

from __future__ import annotations

from collections.abc import Callable

import jinja2
from markupsafe import Markup
from pydantic import ValidationError

from xiezhi.foundation.pages.components.base import (
    COMPONENTS,
    ITEMS,
    Component,
    ComponentError,
    show,
)


def make(name: str, arguments: dict[str, object]) -> object:
    """Make the component or item of that name.

    Refuses: an unknown name, and unknown, missing or wrongly typed arguments (ComponentError).
    """
    cls = COMPONENTS.get(name) or ITEMS.get(name)
    if cls is None:
        message = f"there is no component ui.{name}"
        raise ComponentError(message)
    try:
        return cls(**arguments)
    except (TypeError, ValidationError) as error:
        message = f"ui.{name}: {error}"
        raise ComponentError(message) from error


class Components:
    """Look a component up by attribute: ``{{ ui.status_chip(label="审查中", tone="wait") }}``."""

    def __init__(self, environment: jinja2.Environment) -> None:
        """Remember where the templates are."""
        self._environment = environment

    def __getattr__(self, name: str) -> Callable[..., object]:
        """Give the function that makes and renders the component (an item is only made)."""
        if name.startswith("_") or (name not in COMPONENTS and name not in ITEMS):
            message = f"there is no component ui.{name}"
            raise ComponentError(message)

        def call(*args: object, **kwargs: object) -> object:
            if args:
                message = f"ui.{name}: arguments are given by keyword"
                raise ComponentError(message)
            caller = kwargs.pop("caller", None)
            if callable(caller):
                kwargs["body"] = caller()
            made = make(name, kwargs)
            return self.rendered(made) if name in COMPONENTS else made

        return call

    def rendered(self, made: object) -> Markup:
        """Render a component that has been made."""
        part: Component = made  # type: ignore[assignment]  # only called for COMPONENTS
        return show(part, self._environment)
