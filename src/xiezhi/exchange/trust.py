"""The keys of this site and the pins of its peers, as the envelope asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from xiezhi.exchange.envelope.pins import OpeningKey, Pin, SendingKeys
from xiezhi.security import keys
from xiezhi.security.algorithms import Sealer, Signer, Suite
from xiezhi.security.keys import (
    KeyOutOfTime,
    KeyRing,
    PeerBook,
    PublicIdentity,
    SiteIdentity,
    UnknownKey,
)


@dataclass(frozen=True, slots=True)
class SiteTrust:
    """What this site believes: its own keys of all versions, and whom it has pinned."""

    ring: KeyRing
    book: PeerBook

    def pin(self, site: str, key_id: str) -> Pin | None:
        """Return the pinned signing key of a peer, if there is one."""
        identity = self.book.find(site, key_id)
        return _pin(identity) if identity else None

    def own_pin(self, key_id: str) -> Pin | None:
        """Return one of our own signing keys as a peer pins it, current or old."""
        for each in self.ring.identities:
            if each.key_id == key_id:
                return _pin(each.public)
        return None

    def opening(self, key_id: str) -> OpeningKey | None:
        """Return our own key that a body was sealed to, current or old, if we have it."""
        for each in self.ring.identities:
            if each.key_id == key_id:
                return _opening(each)
        return None

    def sending(self, peer: str, at: datetime) -> SendingKeys:
        """Return what seals and signs towards ``peer`` at ``at``.

        Refuses: ``UnknownKey`` for a stranger, ``KeyOutOfTime`` when no key of ours or of the
        peer's is valid then.
        """
        own = self.ring.identity(at)
        pinned = self.book.identities(peer)
        if not pinned:
            raise UnknownKey(f"no key of {peer} is pinned")
        usable = [each for each in pinned if each.covers(at)]
        if not usable:
            raise KeyOutOfTime(f"no key of {peer} is valid at {at:%Y-%m-%d}")
        theirs = max(usable, key=lambda each: each.valid_from)
        return SendingKeys(own.public.suite, _signer(own), theirs.suite, _sealer(theirs))

    def signing(self, at: datetime) -> tuple[Suite, Signer]:
        """Return what signs a receipt at ``at``. Refuses: ``KeyOutOfTime``."""
        own = self.ring.identity(at)
        return own.public.suite, _signer(own)


# A key is checked when it is prepared, which costs milliseconds: once for each is enough. A key
# that is revoked or replaced is another identity here, so nothing stale is ever found.
@lru_cache(maxsize=64)
def _opening(identity: SiteIdentity) -> OpeningKey:
    return OpeningKey(identity.public.suite, identity.opener())


@lru_cache(maxsize=64)
def _signer(identity: SiteIdentity) -> Signer:
    return identity.signer()


@lru_cache(maxsize=256)
def _sealer(identity: PublicIdentity) -> Sealer:
    return identity.sealer()


@lru_cache(maxsize=256)
def _pin(identity: PublicIdentity) -> Pin:
    return Pin(
        site=identity.site,
        key_id=identity.key_id,
        suite=identity.suite,
        verifier=identity.verifier(),
        valid_from=identity.valid_from,
        valid_until=identity.valid_to,
        revoked=identity.revoked,
    )


def site_trust() -> SiteTrust:
    """Return the trust of this process's site, as the key files stand now."""
    return SiteTrust(keys.ring(), keys.peers())
