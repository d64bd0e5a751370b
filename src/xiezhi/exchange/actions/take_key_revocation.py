"""Take a peer's word that one of its keys is not to be believed."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from xiezhi.contracts.peering import KeyRevoked
from xiezhi.exchange.actions.decline_key import decline_key
from xiezhi.exchange.actions.revoke_peer_key import revoke_peer_key
from xiezhi.exchange.handlers import Received
from xiezhi.exchange.models import ProposedKey
from xiezhi.exchange.refusals import OlderKey
from xiezhi.exchange.states import ProposalState
from xiezhi.foundation.actors import Actor
from xiezhi.security.keys import peers

log = structlog.get_logger(__name__)


@transaction.atomic
def take_key_revocation(
    *, message: KeyRevoked, received: Received, at: datetime, actor: Actor
) -> None:
    """Revoke the pin, and decline the key where it was only proposed.

    A key takes back itself and those before it, never one after it: an old key in the wrong hands
    must not lock out its owner. Idempotent. Refuses: ``OlderKey``.
    """
    signer = peers().find(received.src, received.sender_key)
    pinned = peers().find(received.src, message.key_id)
    if pinned is not None:
        if signer is None or signer.valid_from < pinned.valid_from:
            raise OlderKey(peer=received.src)
        log.warning("peer revoked a key", peer=received.src, key=message.key_id)
        revoke_peer_key(site=received.src, key_id=message.key_id, actor=actor, at=at)
        return
    proposed = ProposedKey.objects.filter(
        peer=received.src, key_id=message.key_id, state=ProposalState.PROPOSED
    ).first()
    if proposed is not None:
        decline_key(proposal_id=proposed.pk, actor=actor, at=at)
