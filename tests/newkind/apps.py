"""Django application that declares one kind and nothing else."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """The new kind."""

    name = "tests.newkind"
    label = "newkind"
