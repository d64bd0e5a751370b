"""The Django application of the calculators; it has no tables."""

from typing import Final

from django.apps import AppConfig


class CalculatorsConfig(AppConfig):
    """Name the application."""

    name: Final = "xiezhi.service.calculators"
    label: Final = "service_calculators"
    verbose_name: Final = "诉讼工具"
