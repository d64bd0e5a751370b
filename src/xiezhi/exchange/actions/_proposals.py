"""Keys that say they are a peer's: kept until people have compared them."""

from __future__ import annotations

from datetime import datetime

import structlog

from xiezhi.exchange.actions._move import move_proposal
from xiezhi.exchange.models import ProposedKey
from xiezhi.exchange.states import ProposalState
from xiezhi.foundation.actors import Actor
from xiezhi.security.keys import PublicIdentity, peers

log = structlog.get_logger(__name__)


def propose(
    identity: PublicIdentity, origin: ProposedKey.Origin, *, actor: Actor, at: datetime
) -> ProposedKey | None:
    """Propose a key that is not pinned yet; nothing if it is. Idempotent.

    The caller holds the transaction and has asked whether the actor may.
    """
    if peers().find(identity.site, identity.key_id) is not None:
        return None
    proposed, made = ProposedKey.objects.get_or_create(
        peer=identity.site,
        key_id=identity.key_id,
        defaults={
            "fingerprint": identity.fingerprint,
            "record": identity.record().model_dump(mode="json"),
            "origin": origin,
            "proposed_at": at,
            "proposed_by": actor.account_id,
        },
    )
    if not made and proposed.state == ProposalState.DECLINED:
        move_proposal(proposed, "propose_again", actor=actor, proposed_at=at)
    log.warning("key proposed", peer=identity.site, key=identity.key_id, origin=origin.value)
    return proposed
