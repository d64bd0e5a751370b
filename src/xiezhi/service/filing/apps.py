"""Django application of filing."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class Config(AppConfig):
    """Filing; it shows the fee beside the form of every filing."""

    name = "xiezhi.service.filing"
    label = "service_filing"

    @override
    def ready(self) -> None:
        """Offer the fee quote to the desk's pages."""
        from xiezhi.service.filing import asides  # noqa: F401, PLC0415  # registers itself
