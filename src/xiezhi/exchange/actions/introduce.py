"""Take in a site's introduction: nothing is believed until people have compared its keys."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from xiezhi.contracts.traffic import SiteRole
from xiezhi.exchange.actions._proposals import propose
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.introduction import Introduction, read_introduction
from xiezhi.exchange.models import Peer, ProposedKey
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import IntroductionRefused
from xiezhi.exchange.states import PeerState
from xiezhi.exchange.traffic import named_role
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require
from xiezhi.security.audit.actions.audit import audit


@transaction.atomic
def introduce(*, data: bytes, actor: Actor, at: datetime) -> Peer:
    """Propose the site of an introduction as a peer, and its unknown keys as its keys.

    A peer that is known keeps its name and its role: an introduction brings it keys alone.
    Idempotent. Refuses: ``Forbidden``, ``IntroductionRefused``.
    """
    require(GRANTS, May.CONNECT, actor, Peer())
    told = read_introduction(data)
    peer = _peer(told)
    if peer.state == PeerState.PROPOSED:
        peer.role, peer.display_name = told.role, told.name
        peer.offers, peer.wants = list(told.offers), list(told.wants)
        peer.save(update_fields=["role", "display_name", "offers", "wants"])
    proposed = 0
    for identity in told.identities():
        if not identity.revoked and at < identity.valid_to:
            made = propose(identity, ProposedKey.Origin.INTRODUCTION, actor=actor, at=at)
            proposed += made is not None
    audit(
        act="exchange.peer_introduced",
        actor=actor,
        at=at,
        subject_kind="peer",
        subject_id=peer.id,
        facts={"peer": peer.site, "role": told.role.value, "keys": proposed},
    )
    return peer


def _peer(told: Introduction) -> Peer:
    """Return the peer that an introduction speaks of, locked, made if it is new."""
    if told.site == settings.XIEZHI_SITE:
        raise IntroductionRefused(why="这是本站点自己的介绍文件")
    settled = told.site in settings.XIEZHI_PEERS
    state = PeerState.ACTIVE if settled else PeerState.PROPOSED
    Peer.objects.get_or_create(site=told.site, defaults={"state": state})
    peer = Peer.objects.select_for_update(no_key=True).get(site=told.site)
    known = named_role(told.site) or (peer.role if peer.state != PeerState.PROPOSED else "")
    if known and SiteRole(known) is not told.role:
        raise IntroductionRefused(why="文件所称的站点类别与已登记的不一致")
    return peer
