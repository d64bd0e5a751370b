"""Two sites with keys, and a message between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from xiezhi.exchange.envelope.message import AttachmentFacts, Draft
from xiezhi.exchange.envelope.pins import OpeningKey, Pin, SendingKeys
from xiezhi.foundation.ids import uuid7
from xiezhi.security.algorithms import KeyPair, Suite, digest

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@dataclass
class Site:
    """One site's keys; its own private ones and what others pin of it."""

    name: str
    suite: Suite
    signing: KeyPair
    sealing: KeyPair

    @property
    def pin(self) -> Pin:
        """Give the pin that the peer keeps of this site."""
        return Pin(
            site=self.name,
            key_id=f"{self.name}-sign-1",
            suite=self.suite,
            verifier=self.suite.verifier(self.signing.public, f"{self.name}-sign-1"),
            valid_from=AT - timedelta(days=1),
            valid_until=AT + timedelta(days=365),
        )

    @property
    def own_key(self) -> OpeningKey:
        """Give the key that bodies for this site are sealed to."""
        opener = self.suite.opener(self.sealing, f"{self.name}-seal-1")
        return OpeningKey(self.suite, opener)

    def keys_to(self, other: Site) -> SendingKeys:
        """Give what is needed to send to ``other``."""
        return SendingKeys(
            suite=self.suite,
            signer=self.suite.signer(self.signing, f"{self.name}-sign-1"),
            recipient_suite=other.suite,
            sealer=other.suite.sealer(other.sealing.public, f"{other.name}-seal-1"),
        )


@dataclass
class PinnedTrust:
    """Trust made of a list of pins and one opener."""

    pins: tuple[Pin, ...]
    own: OpeningKey

    def pin(self, site: str, key_id: str) -> Pin | None:
        """Find a pin by site and key."""
        return next((p for p in self.pins if (p.site, p.key_id) == (site, key_id)), None)

    def opening(self, key_id: str) -> OpeningKey | None:
        """Return the one opener if it is meant."""
        return self.own if self.own.opener.key_id == key_id else None


def make_site(name: str, suite: Suite) -> Site:
    """Draw the keys of a site."""
    return Site(name, suite, suite.new_signing_pair(), suite.new_sealing_pair())


def make_draft(**changes: object) -> Draft:
    """Make a message from the service site to the court site."""
    fields: dict[str, object] = {
        "id": uuid7(),
        "src": "service",
        "dst": "court",
        "epoch": 1,
        "sequence": 7,
        "conversation": "application:0199",
        "position": 1,
        "type": "application.submitted",
        "version": 1,
        "act_at": AT,
        "created_at": AT,
        "body": b'{"claim":"8000.00"}',
        "after": (uuid7(),),
        "attachments": (AttachmentFacts(uuid7(), digest(b"scan"), 4, "application/pdf", 3),),
    }
    return Draft(**{**fields, **changes})  # type: ignore[arg-type]
