"""The key ring of a site: what its processes encrypt, decrypt, sign and open with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from xiezhi.security.algorithms import Aead, KeyPair, Opener, Signer, Suite, fingerprint, suite
from xiezhi.security.keys import files
from xiezhi.security.keys.errors import KeyFileRefused, KeyOutOfTime, UnknownKey
from xiezhi.security.keys.identities import PublicIdentity, SiteIdentity
from xiezhi.security.keys.records import (
    IdentitiesRecord,
    IdentityRecord,
    PairRecord,
    PeerKeyRecord,
    SecretsRecord,
)
from xiezhi.security.keys.versions import KeyVersion, KeyVersions

MASTER: Final = "master.json"
FIELD: Final = "field.json"
INDEX: Final = "index.json"
IDENTITY: Final = "identity.json"

WrappedPurpose = Literal["field", "index"]


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key encrypted under one version of the master key."""

    version: int
    wrapped: bytes


def secret_context(purpose: str, version: int) -> bytes:
    """Bind a wrapped secret to its place in the ring."""
    return f"xiezhi key|{purpose}|{version}".encode()


def private_context(key_id: str, half: str) -> bytes:
    """Bind a wrapped private key to its identity and use."""
    return f"xiezhi private|{key_id}|{half}".encode()


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys of one site, loaded once per process."""

    site: str
    suite: Suite
    master: KeyVersions = field(repr=False)
    fields: KeyVersions = field(repr=False)
    index: KeyVersions = field(repr=False)
    identities: Sequence[SiteIdentity] = field(repr=False)

    @classmethod
    def load(cls, directory: Path) -> "KeyRing":
        """Read the ring from its directory.

        Refuses: ``KeyFileRefused``; ``BadSeal`` when the master key is not the one that
        wrapped the others.
        """
        held = files.read(directory / MASTER, SecretsRecord)
        chosen = suite(held.suite)
        master = KeyVersions(
            "master",
            {
                each.version: KeyVersion(each.version, each.created_at, each.secret)
                for each in held.versions
            },
        )
        own = files.read(directory / IDENTITY, IdentitiesRecord)
        return cls(
            site=own.site,
            suite=chosen,
            master=master,
            fields=_unwrapped(directory / FIELD, "field", chosen, master),
            index=_unwrapped(directory / INDEX, "index", chosen, master),
            identities=tuple(_identity(own.site, each, chosen, master) for each in own.identities),
        )

    def field_aead(self, version: int) -> Aead:
        """Return the encryption of fields under one key version."""
        return self.suite.aead(self.fields.get(version).secret)

    def index_digest(self, version: int, data: bytes) -> bytes:
        """Return the blind index of bytes under one key version."""
        return self.suite.mac(self.index.get(version).secret, data)

    def wrap_data_key(self, data_key: bytes, *, context: bytes) -> WrappedKey:
        """Encrypt a data key under the current master key, bound to ``context``."""
        key = self.master.current
        return WrappedKey(key.version, self.suite.aead(key.secret).seal(data_key, aad=context))

    def unwrap_data_key(self, wrapped: WrappedKey, *, context: bytes) -> bytes:
        """Decrypt a data key.

        Refuses: ``UnknownKey``; ``BadSeal`` when changed or bound to another context.
        """
        key = self.master.get(wrapped.version)
        return self.suite.aead(key.secret).open(wrapped.wrapped, aad=context)

    def identity(self, at: datetime) -> SiteIdentity:
        """Return the identity that signs at ``at``: the latest one that has begun.

        Refuses: ``KeyOutOfTime`` when all have ended or none has begun.
        """
        usable = [each for each in self.identities if each.public.covers(at)]
        if not usable:
            raise KeyOutOfTime(f"the site {self.site} has no identity valid at {at:%Y-%m-%d}")
        return max(usable, key=lambda each: each.public.valid_from)

    def signer(self, at: datetime) -> Signer:
        """Sign as the site."""
        return self.identity(at).signer()

    def opener(self, key_id: str) -> Opener:
        """Open what was sealed to one version of the site's identity, however old.

        Refuses: ``UnknownKey``.
        """
        for each in self.identities:
            if each.key_id == key_id:
                return each.opener()
        raise UnknownKey(f"the site {self.site} has no key {key_id}")

    def public_identities(self) -> tuple[PublicIdentity, ...]:
        """List what peers are given, oldest first."""
        return tuple(each.public for each in self.identities)


def _unwrapped(
    path: Path, purpose: WrappedPurpose, chosen: Suite, master: KeyVersions
) -> KeyVersions:
    held = files.read(path, SecretsRecord)
    if held.purpose != purpose or held.suite != chosen.name:
        raise KeyFileRefused(f"{path} belongs to another purpose or suite")
    versions = {}
    for each in held.versions:
        if each.wrapped_by is None:
            raise KeyFileRefused(f"{path} holds a key that is not wrapped")
        opened = chosen.aead(master.get(each.wrapped_by).secret).open(
            each.secret, aad=secret_context(purpose, each.version)
        )
        versions[each.version] = KeyVersion(each.version, each.created_at, opened)
    return KeyVersions(purpose, versions)


def _identity(
    site: str, record: IdentityRecord, chosen: Suite, master: KeyVersions
) -> SiteIdentity:
    aead = chosen.aead(master.get(record.wrapped_by).secret)

    def pair(half: str, held: PairRecord) -> KeyPair:
        return held.as_pair(aead.open(held.private, aad=private_context(record.key_id, half)))

    signing, sealing = pair("signing", record.signing), pair("sealing", record.sealing)
    public = PublicIdentity.from_record(
        site,
        PeerKeyRecord(
            key_id=record.key_id,
            algorithm=record.suite,
            signing=signing.public,
            sealing=sealing.public,
            valid_from=record.valid_from,
            valid_to=record.valid_to,
            fingerprint=fingerprint(suite(record.suite), signing.public, sealing.public),
            revoked_at=record.revoked_at,
        ),
    )
    return SiteIdentity(public, signing, sealing)
