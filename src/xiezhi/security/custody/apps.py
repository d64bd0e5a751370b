"""Django application of the custody of keys."""

from django.apps import AppConfig


class Config(AppConfig):
    """Custody of keys: no table, one command."""

    name = "xiezhi.security.custody"
    label = "security_custody"
