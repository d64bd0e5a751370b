"""Django application of the foundation."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """Foundation: no table of its own, the database functions all tables use."""

    name = "xiezhi.foundation"
    label = "foundation"
