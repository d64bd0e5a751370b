"""Take back a key of this site, and tell every peer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.contracts.peering import KEYS, KeyRevoked
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Peer
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import KeyUnusable
from xiezhi.exchange.roster import peers
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require
from xiezhi.security.audit.actions.audit import audit
from xiezhi.security.keys import KeyRefused, PublicIdentity, UnknownKey, forget
from xiezhi.security.keys.current import keys_directory
from xiezhi.security.keys.rotation import revoke_identity


@transaction.atomic
def revoke_key(*, key_id: str, actor: Actor, at: datetime) -> PublicIdentity:
    """Sign no more with this key; another one signs the word that tells the peers.

    Idempotent. Refuses: ``Forbidden``, ``NotFound``, ``KeyUnusable`` while no other key could sign.
    """
    require(GRANTS, May.CONNECT, actor, Peer())
    try:
        revoked = revoke_identity(keys_directory(), key_id, at)
    except UnknownKey:
        raise NotFound from None
    except KeyRefused:
        raise KeyUnusable(why="没有别的密钥可以签名，请先轮换并等新密钥启用") from None
    forget()
    audit(
        act="exchange.key_revoked",
        actor=actor,
        at=at,
        subject_kind="site_key",
        facts={"key": key_id},
    )
    word = KeyRevoked(key_id=key_id, revoked_at=revoked.public.revoked_at or at)
    for site in peers():
        post(to=site, message=word, conversation=KEYS, act_at=at, actor=actor)
    return revoked.public
