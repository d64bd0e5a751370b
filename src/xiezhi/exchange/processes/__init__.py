"""The exchange process of a site: a relay that sends and a receiver that applies."""

from xiezhi.exchange.processes.run import run

__all__ = ["run"]
