"""What may be done with the exchange."""

from __future__ import annotations

from xiezhi.foundation.permissions import Permission


class ExchangePermission(Permission):
    """Messages are moved by the system; operators watch, and mend what is stuck."""

    WATCH = "exchange.watch"
    MEND = "exchange.mend"
    CARRY = "exchange.carry"
