"""Tell every peer of the keys that will sign for this site, under the key that signs now."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.contracts.peering import KEYS, KeyOffered
from xiezhi.exchange.actions._peers import sealing_alone
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Peer
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.roster import peers
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require
from xiezhi.security.keys import PublicIdentity, ring


@transaction.atomic
def offer_keys(*, actor: Actor, at: datetime) -> int:
    """Post each key that has not begun yet to each peer that has not been told; return how many.

    Idempotent. A key that has begun is not offered: the message would bear its own signature.
    Refuses: ``Forbidden``.
    """
    require(GRANTS, May.CONNECT, actor, Peer())
    coming = [k for k in ring().public_identities() if not k.revoked and at < k.valid_from]
    posted = 0
    for site in peers():
        record = sealing_alone(site)
        for key in coming:
            if key.key_id in record.offered_keys:
                continue
            post(to=site, message=_word(key), conversation=KEYS, act_at=at, actor=actor)
            record.offered_keys = [*record.offered_keys, key.key_id]
            posted += 1
        record.save(update_fields=["offered_keys"])
    return posted


def _word(key: PublicIdentity) -> KeyOffered:
    record = key.record().model_dump(mode="json", exclude={"revoked_at"})
    return KeyOffered.model_validate(record)
