"""What may be done with the exchange."""

from __future__ import annotations

from xiezhi.foundation.permissions import Permission


class ExchangePermission(Permission):
    """Messages are moved by the system alone; people watch."""

    WATCH = "exchange.watch"
    CARRY = "exchange.carry"
    CONNECT = "exchange.connect"
