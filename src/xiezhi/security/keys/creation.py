"""Make the keys of a new site."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from xiezhi.security.algorithms import KeyPair, suite
from xiezhi.security.keys import files
from xiezhi.security.keys.errors import KeyFileRefused
from xiezhi.security.keys.identities import SiteIdentity
from xiezhi.security.keys.records import (
    IdentitiesRecord,
    IdentityRecord,
    PairRecord,
    SecretRecord,
    SecretsRecord,
    SuiteName,
)
from xiezhi.security.keys.ring import (
    FIELD,
    IDENTITY,
    INDEX,
    MASTER,
    KeyRing,
    WrappedPurpose,
    private_context,
    secret_context,
)
from xiezhi.security.keys.versions import KeyVersion

VALIDITY: Final = timedelta(days=3 * 365)
"""How long an identity is valid unless told otherwise; a setting of the house, not of the law."""


def create_keys(
    directory: Path,
    at: datetime,
    *,
    site: str = "",
    algorithm: SuiteName = "national",
    valid_from: datetime | None = None,
) -> KeyRing:
    """Make what is missing of a site's keys and return the ring.

    ``site`` is the name of the directory above unless given; the identity is valid from ``at``
    unless ``valid_from`` names another instant.
    Idempotence: a file that exists is never touched, so a start after a power cut completes
    what was begun. Refuses: ``KeyFileRefused`` when the master key is gone while others exist:
    a new one could not open them, the old one must be brought back from its safe.
    """
    files.private_directory(directory)
    site = site or directory.parent.name
    others = [name for name in (FIELD, INDEX, IDENTITY) if (directory / name).exists()]
    if others and not (directory / MASTER).exists():
        raise KeyFileRefused(f"{directory / MASTER} is missing but {', '.join(others)} exist")
    drawn = SecretRecord(version=1, created_at=at, secret=suite(algorithm).new_key())
    files.create(
        directory / MASTER, SecretsRecord(purpose="master", suite=algorithm, versions=(drawn,))
    )
    held = files.read(directory / MASTER, SecretsRecord)
    newest = max(held.versions, key=lambda each: each.version)
    master = KeyVersion(newest.version, newest.created_at, newest.secret)
    purposes: tuple[tuple[str, WrappedPurpose], ...] = ((FIELD, "field"), (INDEX, "index"))
    for name, purpose in purposes:
        secret = wrapped_secret(purpose, 1, algorithm=held.suite, master=master, at=at)
        files.create(
            directory / name,
            SecretsRecord(purpose=purpose, suite=held.suite, versions=(secret,)),
        )
    if not (directory / IDENTITY).exists():
        begin = valid_from or at
        identity = SiteIdentity.new(site, held.suite, valid_from=begin, valid_to=at + VALIDITY)
        record = wrapped_identity(identity, held.suite, master)
        files.create(directory / IDENTITY, IdentitiesRecord(site=site, identities=(record,)))
    return KeyRing.load(directory)


def wrapped_secret(
    purpose: WrappedPurpose,
    version: int,
    *,
    algorithm: SuiteName,
    master: KeyVersion,
    at: datetime,
    secret: bytes | None = None,
) -> SecretRecord:
    """Wrap a secret, a fresh one unless given, under a master key."""
    chosen = suite(algorithm)
    plain = chosen.new_key() if secret is None else secret
    sealed = chosen.aead(master.secret).seal(plain, aad=secret_context(purpose, version))
    return SecretRecord(version=version, created_at=at, wrapped_by=master.version, secret=sealed)


def wrapped_identity(
    identity: SiteIdentity, algorithm: SuiteName, master: KeyVersion
) -> IdentityRecord:
    """Wrap the private halves of an identity under a master key."""
    aead = suite(algorithm).aead(master.secret)

    def pair(half: str, held: KeyPair) -> PairRecord:
        sealed = aead.seal(held.private, aad=private_context(identity.key_id, half))
        return PairRecord(public=held.public, private=sealed)

    return IdentityRecord(
        key_id=identity.key_id,
        suite=identity.public.algorithm,
        valid_from=identity.public.valid_from,
        valid_to=identity.public.valid_to,
        wrapped_by=master.version,
        signing=pair("signing", identity.signing),
        sealing=pair("sealing", identity.sealing),
        revoked_at=identity.public.revoked_at,
    )
