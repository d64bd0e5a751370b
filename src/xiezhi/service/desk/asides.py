"""What a platform shows beside the forms of its kinds, such as the fee of a filing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from xiezhi.service.desk.models import Application

Aside = Callable[[Application, date], Markup]
_ASIDES: dict[str, Aside] = {}


def offer(prefix: str, aside: Aside) -> None:
    """Show ``aside`` beside every application whose kind begins with ``prefix``. Idempotent."""
    _ASIDES[prefix] = aside


def beside(application: Application, on: date) -> Markup:
    """Return what stands beside the forms of ``application``; empty for a kind without any."""
    found = [aside for prefix, aside in _ASIDES.items() if application.kind.startswith(prefix)]
    return Markup("").join(aside(application, on) for aside in found)
