"""The sites this site exchanges messages with."""

from __future__ import annotations

from django.conf import settings

from xiezhi.exchange.models import Peer
from xiezhi.exchange.states import PeerState


def peers() -> tuple[str, ...]:
    """Name the peers, those of the settings first; a suspended one is left out.

    A peer that operators have accepted is one as well, without a word in the settings.
    """
    states = dict(Peer.objects.values_list("site", "state"))
    settled: list[str] = list(settings.XIEZHI_PEERS)
    accepted = sorted(
        site
        for site, state in states.items()
        if state == PeerState.ACTIVE and site not in settled and site != settings.XIEZHI_SITE
    )
    known = [*settled, *accepted]
    return tuple(site for site in known if states.get(site) != PeerState.SUSPENDED)
