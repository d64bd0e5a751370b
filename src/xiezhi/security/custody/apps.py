"""Django application of the custody of keys."""

from django.apps import AppConfig

from xiezhi.security.algorithms.digests import require_sm3


class Config(AppConfig):
    """Custody of keys: no table, one command."""

    name = "xiezhi.security.custody"
    label = "security_custody"

    def ready(self) -> None:
        """Refuse to start a process whose OpenSSL has no SM3: web and worker run no checks."""
        require_sm3()
