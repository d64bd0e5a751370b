"""Peers as operators see them: who they are, their keys, what they may send and be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from xiezhi.contracts.traffic import SITE_ROLE_LABELS, TRAFFIC, SiteRole, may_cross
from xiezhi.exchange.expiry import ExpiringKey, keys_expiring
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Direction, Peer, PeerPermit, ProposedKey
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.states import PeerState, ProposalState
from xiezhi.exchange.traffic import named_role, own_role
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import allowed, require
from xiezhi.security.keys import PublicIdentity, ring
from xiezhi.security.keys import peers as pinned


@dataclass(frozen=True, slots=True)
class Traffic:
    """One type of message towards one peer, each way: whether, and whether operators said so."""

    type: str
    in_allowed: bool
    out_allowed: bool
    offered: bool
    wanted: bool


@dataclass(frozen=True, slots=True)
class PeerView:
    """One peer, with everything that is known of it."""

    site: str
    label: str
    role: SiteRole
    state: PeerState
    keys: tuple[PublicIdentity, ...]
    proposed: tuple[ProposedKey, ...]
    expiring: ExpiringKey | None
    announced: int
    traffic: list[Traffic] = field(default_factory=list)

    @property
    def role_label(self) -> str:
        """Name the role in words."""
        return SITE_ROLE_LABELS[self.role]

    @property
    def is_partner(self) -> bool:
        """Tell whether its types are decided one by one."""
        return self.role is SiteRole.PARTNER


def may_connect(actor: Actor) -> bool:
    """Tell whether the actor may decide about peers and keys."""
    return allowed(GRANTS, May.CONNECT, actor, Peer())


def peers_for(actor: Actor, at: datetime) -> list[PeerView]:
    """List all peers, those of the settings first. Refuses: ``Forbidden`` unless an operator."""
    require(GRANTS, May.WATCH, actor, Peer())
    rows = {each.site: each for each in Peer.objects.exclude(site=settings.XIEZHI_SITE)}
    named: list[str] = list(settings.XIEZHI_PEERS)
    names = [*named, *sorted(set(rows) - set(named))]
    proposed = _proposed(names)
    expiring = _expiring(at)
    found = []
    for name in names:
        row = rows.get(name) or Peer(site=name)
        found.append(_view(row, proposed.get(name, []), expiring.get(name)))
    return found


def peer_for(actor: Actor, site: str, at: datetime) -> PeerView:
    """Tell all about one peer. Refuses: ``Forbidden``; ``NotFound`` for a stranger."""
    require(GRANTS, May.WATCH, actor, Peer())
    row = Peer.objects.filter(site=site).first()
    if row is None and site not in settings.XIEZHI_PEERS:
        raise NotFound
    row = row or Peer(site=site)
    view = _view(row, _proposed([site]).get(site, []), _expiring(at).get(site))
    view.traffic.extend(_traffic(row, view.role))
    return view


def own_keys(actor: Actor) -> list[PublicIdentity]:
    """List this site's public keys, the newest first. Refuses: ``Forbidden``."""
    require(GRANTS, May.WATCH, actor, Peer())
    return sorted(ring().public_identities(), key=lambda each: each.valid_from, reverse=True)


def label_of(peer: Peer) -> str:
    """Name a peer in words: the name it bears, its role's, or its site's."""
    role = named_role(peer.site)
    return peer.display_name or (SITE_ROLE_LABELS[role] if role else peer.site)


def _view(row: Peer, proposed: list[ProposedKey], expiring: ExpiringKey | None) -> PeerView:
    role = named_role(row.site) or (SiteRole(row.role) if row.role else SiteRole.PARTNER)
    return PeerView(
        site=row.site,
        label=label_of(row),
        role=role,
        state=PeerState(row.state),
        keys=tuple(reversed(pinned().identities(row.site))),
        proposed=tuple(proposed),
        expiring=expiring,
        announced=len(row.announced or {}),
    )


def _proposed(sites: Iterable[str]) -> dict[str, list[ProposedKey]]:
    found: dict[str, list[ProposedKey]] = {}
    rows = ProposedKey.objects.filter(state=ProposalState.PROPOSED, peer__in=list(sites))
    for each in rows.order_by("peer", "id"):
        found.setdefault(each.peer, []).append(each)
    return found


def _expiring(at: datetime) -> dict[str, ExpiringKey]:
    return {each.site: each for each in keys_expiring(at) if not each.own}


def _traffic(row: Peer, role: SiteRole) -> list[Traffic]:
    words: dict[tuple[str, str], bool] = {}
    if role is SiteRole.PARTNER:
        permits = PeerPermit.objects.filter(peer=row.site)
        words = {(each.direction, each.type): each.allowed for each in permits}
    own = own_role()
    return [
        Traffic(
            type=name,
            in_allowed=words.get((Direction.IN, name), may_cross(name, role, own)),
            out_allowed=words.get((Direction.OUT, name), may_cross(name, own, role)),
            offered=name in row.offers,
            wanted=name in row.wants,
        )
        for name in sorted(TRAFFIC)
    ]
