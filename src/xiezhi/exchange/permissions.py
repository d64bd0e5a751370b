"""What may be done with the exchange."""

from __future__ import annotations

from xiezhi.foundation.permissions import Permission


class ExchangePermission(Permission):
    """Messages are moved by the system alone; people watch, and answer for what differs."""

    WATCH = "exchange.watch"
    CARRY = "exchange.carry"
    EXPLAIN = "exchange.explain"
