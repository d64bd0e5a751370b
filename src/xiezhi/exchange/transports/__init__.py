"""How parcels travel: one port, several carriers; exactly-once never rests on any of them."""

from xiezhi.exchange.transports.port import (
    Arrived,
    Backlog,
    FerryWord,
    Gone,
    Lane,
    Load,
    Transport,
    Trouble,
)

__all__ = [
    "Arrived",
    "Backlog",
    "FerryWord",
    "Gone",
    "Lane",
    "Load",
    "Transport",
    "Trouble",
]
