"""Pinned keys: the raw public keys of a peer, each with its time, and where to look them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from xiezhi.security.algorithms import Opener, Sealer, Signer, Suite, Verifier


@dataclass(frozen=True, slots=True)
class Pin:
    """One public signing key of a peer, compared and accepted by people."""

    site: str
    key_id: str
    suite: Suite
    verifier: Verifier
    valid_from: datetime
    valid_until: datetime
    revoked: bool = False

    def covers(self, at: datetime) -> bool:
        """Tell whether the key might sign at ``at``; a revoked key never might."""
        return not self.revoked and self.valid_from <= at < self.valid_until


class Trust(Protocol):
    """Where the receiver looks up the keys of its peers and its own."""

    def pin(self, site: str, key_id: str) -> Pin | None:
        """Return the pinned signing key of a peer, if there is one."""

    def opener(self, key_id: str) -> Opener | None:
        """Return our own key that a body was sealed to, current or old, if we have it."""


@dataclass(frozen=True, slots=True)
class SendingKeys:
    """What the sender needs: the suite, its signer, and the sealer to the recipient."""

    suite: Suite
    signer: Signer
    sealer: Sealer
