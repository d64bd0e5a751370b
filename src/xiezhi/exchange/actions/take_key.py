"""Take a peer's word on a key of its own that is to come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.contracts.peering import KeyOffered
from xiezhi.exchange.actions._proposals import propose
from xiezhi.exchange.handlers import Received
from xiezhi.exchange.models import ProposedKey
from xiezhi.exchange.refusals import KeyUnusable
from xiezhi.foundation.actors import Actor
from xiezhi.security.algorithms import CryptoError
from xiezhi.security.keys import PublicIdentity
from xiezhi.security.keys.records import PeerKeyRecord


@transaction.atomic
def take_key(*, message: KeyOffered, received: Received, at: datetime, actor: Actor) -> None:
    """Propose the key; an operator confirms it as if it had come in a file.

    Idempotent. Refuses: ``KeyUnusable`` when id, fingerprint and keys do not belong together.
    """
    record = PeerKeyRecord(
        key_id=message.key_id,
        algorithm=message.algorithm,
        signing=message.signing,
        sealing=message.sealing,
        valid_from=message.valid_from,
        valid_to=message.valid_to,
        fingerprint=message.fingerprint,
    )
    try:
        identity = PublicIdentity.from_record(received.src, record)
    except (CryptoError, ValueError):
        raise KeyUnusable(why="公钥与其编号、指纹不一致") from None
    propose(identity, ProposedKey.Origin.OFFER, actor=actor, at=at)
