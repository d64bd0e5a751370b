"""Django application of the directory."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """The directory."""

    name = "xiezhi.directory"
    label = "directory"
