"""Django application of the desk."""

from __future__ import annotations

import importlib
from importlib.util import find_spec

from django.apps import AppConfig, apps
from typing_extensions import override


class Config(AppConfig):
    """The desk; it reads the kinds that installed apps declare."""

    name = "xiezhi.service.desk"
    label = "service_desk"

    @override
    def ready(self) -> None:
        """Import ``kinds.py`` of every installed app that has one."""
        for config in apps.get_app_configs():
            if find_spec(f"{config.name}.kinds") is not None:
                importlib.import_module(f"{config.name}.kinds")
