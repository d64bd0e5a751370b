"""Django application of the exchange, installed on every site."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class Config(AppConfig):
    """Exchange: outbox, inbox, receipts; collects the handlers of all installed apps."""

    name = "xiezhi.exchange"
    label = "exchange"
    verbose_name = "安全隔离交换"

    @override
    def ready(self) -> None:
        """Import every installed app's ``handlers``, once the apps can be imported."""
        # Apps must be loaded first; these three register their handlers.
        from xiezhi.exchange import account_handlers, control, key_control  # noqa: F401, PLC0415
        from xiezhi.exchange.handlers import discover  # noqa: PLC0415

        discover()
