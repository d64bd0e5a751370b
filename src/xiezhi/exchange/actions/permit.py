"""Decide on one type of message of one partner."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.contracts.traffic import TRAFFIC, SiteRole
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Direction, Peer, PeerPermit
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import NotAPartner
from xiezhi.exchange.traffic import role_of
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require
from xiezhi.security.audit.actions.audit import audit


@transaction.atomic
def permit(
    *, peer: str, direction: Direction, type_: str, allowed: bool, actor: Actor, at: datetime
) -> PeerPermit:
    """Allow or refuse a partner one type of message in one direction.

    Idempotent. Refuses: ``Forbidden``, ``NotFound`` for a peer or a type that is not known,
    ``NotAPartner`` for a site whose types the table settles.
    """
    row = Peer.objects.filter(site=peer).first()
    require(GRANTS, May.CONNECT, actor, row or Peer())
    if row is None or type_ not in TRAFFIC:
        raise NotFound
    if role_of(peer) is not SiteRole.PARTNER:
        raise NotAPartner(peer=peer)
    word, _ = PeerPermit.objects.update_or_create(
        peer=peer,
        direction=direction,
        type=type_,
        defaults={"allowed": allowed, "decided_at": at, "decided_by": actor.account_id},
    )
    audit(
        act="exchange.type_permitted" if allowed else "exchange.type_withdrawn",
        actor=actor,
        at=at,
        subject_kind="peer",
        subject_id=row.id,
        facts={"peer": peer, "direction": direction.value, "type": type_},
    )
    return word
