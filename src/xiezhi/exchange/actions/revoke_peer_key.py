"""Believe nothing more that a peer's key signs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Peer
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require
from xiezhi.security.audit.actions.audit import audit
from xiezhi.security.keys import UnknownKey
from xiezhi.security.keys import peers as pinned
from xiezhi.security.keys.current import keys_directory
from xiezhi.security.keys.peers import revoke_peer_key as revoke


@transaction.atomic
def revoke_peer_key(*, site: str, key_id: str, actor: Actor, at: datetime) -> None:
    """Revoke the pin of one key of a peer; it stays in the book, so no file brings it back.

    Idempotent. Refuses: ``Forbidden``, ``NotFound``.
    """
    peer = Peer.objects.filter(site=site).first() or Peer(site=site)
    require(GRANTS, May.CONNECT, actor, peer)
    if pinned().find(site, key_id) is None:
        raise NotFound
    audit(
        act="exchange.peer_key_revoked",
        actor=actor,
        at=at,
        subject_kind="peer",
        subject_id=peer.id,
        facts={"peer": site, "key": key_id},
    )
    try:
        revoke(keys_directory(), site, key_id, at)
    except UnknownKey:
        raise NotFound from None
