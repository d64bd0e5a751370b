"""The Django application of the calculators; it has no tables."""

from django.apps import AppConfig


class CalculatorsConfig(AppConfig):
    """Name the application."""

    name = "xiezhi.service.calculators"
    label = "service_calculators"
    verbose_name = "诉讼工具"
