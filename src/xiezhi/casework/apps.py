"""Django application of the court's core."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """The court's core."""

    name = "xiezhi.casework"
    label = "casework"
