"""Django application of the keys: no table, the operator's command."""

from django.apps import AppConfig


class Config(AppConfig):
    """The keys."""

    name = "xiezhi.security.keys"
    label = "security_keys"
