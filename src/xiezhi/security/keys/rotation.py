"""Add a version to a key: the newest encrypts from then on, the old ones still decrypt."""

from datetime import datetime
from pathlib import Path
from typing import Final

from xiezhi.security.keys import files
from xiezhi.security.keys.creation import VALIDITY, wrapped_identity, wrapped_secret
from xiezhi.security.keys.errors import KeyRefused, UnknownKey
from xiezhi.security.keys.identities import SiteIdentity
from xiezhi.security.keys.records import (
    IdentitiesRecord,
    SecretRecord,
    SecretsRecord,
    SuiteName,
    suite_name,
)
from xiezhi.security.keys.ring import FIELD, IDENTITY, INDEX, MASTER, KeyRing, WrappedPurpose
from xiezhi.security.keys.versions import KeyVersions

_FILES: Final[dict[WrappedPurpose, str]] = {"field": FIELD, "index": INDEX}


def rotate_master(directory: Path, at: datetime) -> int:
    """Add a master key and wrap the ring's own keys anew; return the version.

    Data keys of blobs stay under their old version until they are wrapped anew, so old master
    keys are kept. A power cut in between leaves every file readable: all versions are there
    before the first file uses the new one.
    """
    with files.alone(directory):
        held = files.read(directory / MASTER, SecretsRecord)
        ring = KeyRing.load(directory)
        version = ring.master.current.version + 1
        drawn = SecretRecord(version=version, created_at=at, secret=ring.suite.new_key())
        files.replace(
            directory / MASTER, held.model_copy(update={"versions": (*held.versions, drawn)})
        )
        _wrap_anew(directory)
        return version


def rotate_secret(directory: Path, purpose: WrappedPurpose, at: datetime) -> int:
    """Add a version to the key of fields or of blind indexes; return it."""
    with files.alone(directory):
        path = directory / _FILES[purpose]
        held = files.read(path, SecretsRecord)
        master = KeyRing.load(directory).master.current
        version = max(each.version for each in held.versions) + 1
        added = wrapped_secret(purpose, version, algorithm=held.suite, master=master, at=at)
        files.replace(path, held.model_copy(update={"versions": (*held.versions, added)}))
        return version


def rotate_identity(
    directory: Path,
    *,
    valid_from: datetime,
    valid_to: datetime | None = None,
    algorithm: SuiteName | None = None,
) -> SiteIdentity:
    """Add an identity that signs from ``valid_from`` on; peers must pin it before then.

    It is of the suite ``algorithm``, else of the one before. Refuses: ``KeyRefused`` when it would
    begin before the present one or end before it begins.
    """
    with files.alone(directory):
        path = directory / IDENTITY
        held = files.read(path, IdentitiesRecord)
        ring = KeyRing.load(directory)
        until = valid_to or valid_from + VALIDITY
        latest = max(each.valid_from for each in held.identities)
        if valid_from <= latest or until <= valid_from:
            raise KeyRefused("a new identity must begin after the present one and end later")
        chosen = algorithm or held.identities[-1].suite
        added = SiteIdentity.new(held.site, chosen, valid_from=valid_from, valid_to=until)
        record = wrapped_identity(added, _wrapping(ring), ring.master.current)
        files.replace(path, held.model_copy(update={"identities": (*held.identities, record)}))
        return added


def revoke_identity(directory: Path, key_id: str, at: datetime) -> SiteIdentity:
    """Sign no more with one identity of the site; what was sealed to it is still opened.

    Idempotent. Refuses: ``UnknownKey``; ``KeyRefused`` when no other identity could sign at ``at``.
    """
    with files.alone(directory):
        path = directory / IDENTITY
        held = files.read(path, IdentitiesRecord)
        ring = KeyRing.load(directory)
        if key_id not in {each.key_id for each in held.identities}:
            raise UnknownKey(f"the site {held.site} has no key {key_id}")
        if not any(e.public.covers(at) for e in ring.identities if e.key_id != key_id):
            raise KeyRefused("no other identity could sign now; rotate first")
        identities = tuple(
            each.model_copy(update={"revoked_at": each.revoked_at or at})
            if each.key_id == key_id
            else each
            for each in held.identities
        )
        files.replace(path, held.model_copy(update={"identities": identities}))
        kept = KeyRing.load(directory).identities
        return next(each for each in kept if each.key_id == key_id)


def _wrapping(ring: KeyRing) -> SuiteName:
    """Name the suite under which the ring's own keys are wrapped."""
    return suite_name(ring.suite.name)


def _wrap_anew(directory: Path) -> None:
    ring = KeyRing.load(directory)
    master = ring.master.current
    for purpose, name in _FILES.items():
        held = files.read(directory / name, SecretsRecord)
        versions: KeyVersions = ring.fields if purpose == "field" else ring.index
        renewed = tuple(
            wrapped_secret(
                purpose,
                each.version,
                algorithm=held.suite,
                master=master,
                at=each.created_at,
                secret=versions.get(each.version).secret,
            )
            for each in held.versions
        )
        files.replace(directory / name, held.model_copy(update={"versions": renewed}))
    own = files.read(directory / IDENTITY, IdentitiesRecord)
    identities = tuple(wrapped_identity(each, _wrapping(ring), master) for each in ring.identities)
    files.replace(directory / IDENTITY, own.model_copy(update={"identities": identities}))
