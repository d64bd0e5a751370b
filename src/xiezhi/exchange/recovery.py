"""Whether this site recovers from a restore, and what crosses all the same."""

from __future__ import annotations

from xiezhi.contracts.exchange import CONTROL
from xiezhi.exchange.models import Peer


def recovering() -> bool:
    """Tell whether some peer has not yet returned what this site forgot."""
    return Peer.objects.filter(recovering_since__isnull=False).exists()


def concerns_the_exchange(message_type: str) -> bool:
    """Tell whether a type of message crosses even while a site recovers."""
    return message_type.startswith(CONTROL)
