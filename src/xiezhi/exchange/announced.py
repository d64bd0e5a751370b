"""What sites understand of each other: the highest version of each type of message."""

from __future__ import annotations

from xiezhi.contracts.messages import REGISTRY
from xiezhi.exchange.handlers import handler_of


def accepts() -> dict[str, int]:
    """Give the highest version of each type that this site can deal with."""
    found: dict[str, int] = {}
    for (name, version), message in REGISTRY.items():
        if handler_of(message) is not None:
            found[name] = max(version, found.get(name, 0))
    return found
