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


@dataclass(frozen=True, slots=True)
class OpeningKey:
    """One of our own keys with its suite, which may differ from the sender's."""

    suite: Suite
    opener: Opener


class Trust(Protocol):
    """Where the receiver looks up the keys of its peers and its own."""

    def pin(self, site: str, key_id: str) -> Pin | None:
        """Return the pinned signing key of a peer, if there is one."""

    def opening(self, key_id: str) -> OpeningKey | None:
        """Return our own key that a body was sealed to, current or old, if we have it."""


@dataclass(frozen=True, slots=True)
class SendingKeys:
    """What the sender needs: its suite and signer, and the recipient's suite and sealer."""

    suite: Suite
    signer: Signer
    recipient_suite: Suite
    sealer: Sealer
