"""What may be done with the exchange."""

from __future__ import annotations

from xiezhi.foundation.permissions import Permission


class ExchangePermission(Permission):
    """The system moves messages; operators watch, mend, close gaps, explain differences."""

    WATCH = "exchange.watch"
    MEND = "exchange.mend"
    CARRY = "exchange.carry"
    SKIP = "exchange.skip"
    RECOVER = "exchange.recover"
    EXPLAIN = "exchange.explain"
    CONNECT = "exchange.connect"
