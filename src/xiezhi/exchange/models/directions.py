"""Which way a message goes, as seen from this site."""

from xiezhi.exchange.states import Direction

__all__ = ["Direction"]
