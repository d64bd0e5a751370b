"""What types of message a peer may be sent and may send: the table, and grants to partners."""

from __future__ import annotations

from django.conf import settings

from xiezhi.contracts.traffic import SiteRole, may_cross
from xiezhi.exchange.models import Direction, Peer, PeerPermit

_NAMED = {role.value: role for role in SiteRole if role is not SiteRole.PARTNER}


def own_role() -> SiteRole:
    """Return what this site is to the others."""
    given = getattr(settings, "XIEZHI_SITE_ROLE", "")
    return SiteRole(given) if given else _NAMED.get(settings.XIEZHI_SITE, SiteRole.PARTNER)


def named_role(site: str) -> SiteRole | None:
    """Return the role of a site whose name is its role."""
    return _NAMED.get(site)


def role_of(site: str) -> SiteRole:
    """Return what a peer is: its name says so, or its row does; a stranger is a partner."""
    if site in _NAMED:
        return _NAMED[site]
    role = Peer.objects.filter(site=site).values_list("role", flat=True).first()
    return SiteRole(role) if role else SiteRole.PARTNER


def may_send(peer: str, message_type: str) -> bool:
    """Tell whether a message of this type may be written to ``peer``."""
    return _may(peer, message_type, Direction.OUT)


def may_receive(peer: str, message_type: str) -> bool:
    """Tell whether a message of this type from ``peer`` may have an effect here."""
    return _may(peer, message_type, Direction.IN)


def _may(peer: str, message_type: str, direction: Direction) -> bool:
    """Ask the table, and for a partner the operators' word on this one type first."""
    theirs = role_of(peer)
    if theirs is SiteRole.PARTNER:
        word = PeerPermit.objects.filter(peer=peer, direction=direction, type=message_type)
        granted = word.values_list("allowed", flat=True).first()
        if granted is not None:
            return granted
    ends = (own_role(), theirs) if direction is Direction.OUT else (theirs, own_role())
    return may_cross(message_type, *ends)
