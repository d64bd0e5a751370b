"""What every site does with its peers' words on their keys."""

from __future__ import annotations

from xiezhi.contracts.peering import KeyOffered, KeyRevoked
from xiezhi.exchange.actions.take_key import take_key
from xiezhi.exchange.actions.take_key_revocation import take_key_revocation
from xiezhi.exchange.handlers import Received, handles
from xiezhi.foundation.actors import Actor

APPLY = Actor.system("exchange.apply")


@handles(KeyOffered)
def on_key_offered(message: KeyOffered, received: Received) -> None:
    """Propose it to the operators."""
    take_key(message=message, received=received, at=received.received_at, actor=APPLY)


@handles(KeyRevoked)
def on_key_revoked(message: KeyRevoked, received: Received) -> None:
    """Believe it no more, at once: nobody is asked before trust is withdrawn."""
    take_key_revocation(message=message, received=received, at=received.received_at, actor=APPLY)
