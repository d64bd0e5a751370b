"""The identity of a site: its keys for signing and sealing, with an id and a time of validity."""

from dataclasses import dataclass, field
from datetime import datetime

from xiezhi.security.algorithms import (
    KeyPair,
    Opener,
    Sealer,
    Signer,
    Suite,
    Verifier,
    fingerprint,
    grouped,
    suite,
)
from xiezhi.security.keys.errors import KeyFileRefused
from xiezhi.security.keys.records import PeerKeyRecord, SuiteName

_KEY_ID_DIGITS = 16


def key_id_of(site: str, fingerprint_: str) -> str:
    """Name a key after its site and its own digest, so that no two keys share an id."""
    return f"{site}.{fingerprint_[:_KEY_ID_DIGITS]}"


@dataclass(frozen=True, slots=True)
class PublicIdentity:
    """The public half of one version of a site's identity, pinned by its fingerprint."""

    site: str
    key_id: str
    algorithm: SuiteName
    signing: bytes
    sealing: bytes
    valid_from: datetime
    valid_to: datetime
    fingerprint: str
    revoked_at: datetime | None = None

    @property
    def suite(self) -> Suite:
        """Return the suite of the keys."""
        return suite(self.algorithm)

    @property
    def revoked(self) -> bool:
        """Tell whether the key was revoked at any time: then nothing it signs is believed."""
        return self.revoked_at is not None

    @property
    def spoken(self) -> str:
        """Print the fingerprint in groups for two people to compare."""
        return grouped(self.fingerprint)

    def covers(self, at: datetime) -> bool:
        """Tell whether the keys may be used at ``at``."""
        return not self.revoked and self.valid_from <= at < self.valid_to

    def verifier(self) -> Verifier:
        """Check what this identity signs."""
        return self.suite.verifier(self.signing, self.key_id)

    def sealer(self) -> Sealer:
        """Encrypt to this identity."""
        return self.suite.sealer(self.sealing, self.key_id)

    def record(self) -> PeerKeyRecord:
        """Return the identity as it is written to a file."""
        return PeerKeyRecord(
            key_id=self.key_id,
            algorithm=self.algorithm,
            signing=self.signing,
            sealing=self.sealing,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            fingerprint=self.fingerprint,
            revoked_at=self.revoked_at,
        )

    @classmethod
    def from_record(cls, site: str, record: PeerKeyRecord) -> "PublicIdentity":
        """Read an identity.

        Refuses: ``KeyFileRefused`` when id or fingerprint do not belong to the keys;
        ``BadKey`` when the keys are none.
        """
        found = fingerprint(suite(record.algorithm), record.signing, record.sealing)
        if found != record.fingerprint or record.key_id != key_id_of(site, found):
            raise KeyFileRefused(f"fingerprint and keys of {record.key_id} do not belong together")
        identity = cls(
            site=site,
            key_id=record.key_id,
            algorithm=record.algorithm,
            signing=record.signing,
            sealing=record.sealing,
            valid_from=record.valid_from,
            valid_to=record.valid_to,
            fingerprint=record.fingerprint,
            revoked_at=record.revoked_at,
        )
        identity.verifier()
        identity.sealer()
        return identity


@dataclass(frozen=True, slots=True)
class SiteIdentity:
    """One version of the site's own identity."""

    public: PublicIdentity
    signing: KeyPair = field(repr=False)
    sealing: KeyPair = field(repr=False)

    @property
    def key_id(self) -> str:
        """Name the version."""
        return self.public.key_id

    def signer(self) -> Signer:
        """Sign as the site."""
        return self.public.suite.signer(self.signing, self.key_id)

    def opener(self) -> Opener:
        """Open what was sealed to the site."""
        return self.public.suite.opener(self.sealing, self.key_id)

    @classmethod
    def new(
        cls, site: str, algorithm: SuiteName, *, valid_from: datetime, valid_to: datetime
    ) -> "SiteIdentity":
        """Draw new keys."""
        suite_ = suite(algorithm)
        signing, sealing = suite_.new_signing_pair(), suite_.new_sealing_pair()
        found = fingerprint(suite_, signing.public, sealing.public)
        public = PublicIdentity(
            site=site,
            key_id=key_id_of(site, found),
            algorithm=algorithm,
            signing=signing.public,
            sealing=sealing.public,
            valid_from=valid_from,
            valid_to=valid_to,
            fingerprint=found,
        )
        return cls(public, signing, sealing)
