"""How parcels travel: one port, several carriers; exactly-once never rests on any of them."""

from xiezhi.exchange.transports.port import Arrived, Lane, Transport

__all__ = ["Arrived", "Lane", "Transport"]
