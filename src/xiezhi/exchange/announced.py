"""What sites understand of each other: the highest version of each type of message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xiezhi.contracts.messages import REGISTRY
from xiezhi.contracts.versions import CannotSay, downcast
from xiezhi.exchange.handlers import handler_of
from xiezhi.exchange.states import PeerLacks

Announced = Mapping[str, int]


def accepts() -> dict[str, int]:
    """Give the highest version of each type that this site can deal with."""
    found: dict[str, int] = {}
    for (name, version), message in REGISTRY.items():
        if handler_of(message) is not None:
            found[name] = max(version, found.get(name, 0))
    return found


def version_for(announced: Announced | None, message_type: str, version: int) -> int | None:
    """Return the version in which a message goes to a peer; nothing if it knows no such type.

    A peer that has announced nothing yet is sent what was posted: it holds what it does not
    understand, and nothing is lost.
    """
    if not announced:
        return version
    known = announced.get(message_type)
    return None if known is None else min(known, version)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A message as the peer can read it, or why it has to wait; then ``body`` is empty."""

    version: int
    body: str = ""
    lacks: PeerLacks | None = None


def fit(announced: Announced | None, message_type: str, version: int, body: str) -> Fitted:
    """Bring a posted message to a version that the peer reads, if that can be said in it."""
    wanted = version_for(announced, message_type, version)
    if wanted is None:
        return Fitted(version, lacks=PeerLacks.TYPE)
    if wanted == version:
        return Fitted(version, body)
    try:
        message = REGISTRY[(message_type, version)].model_validate_json(body)
        return Fitted(wanted, downcast(message, wanted).model_dump_json())
    except (CannotSay, KeyError):
        return Fitted(version, lacks=PeerLacks.VERSION)
