"""Peers, pinned by their raw public keys after people have compared the fingerprints."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from xiezhi.security.algorithms import Sealer, Verifier
from xiezhi.security.keys import files
from xiezhi.security.keys.errors import KeyFileRefused, KeyOutOfTime, UnknownKey
from xiezhi.security.keys.identities import PublicIdentity
from xiezhi.security.keys.records import PeerRecord
from xiezhi.security.keys.ring import KeyRing


@dataclass(frozen=True, slots=True)
class PeerBook:
    """The pinned identities of all peers."""

    by_site: Mapping[str, tuple[PublicIdentity, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, directory: Path) -> "PeerBook":
        """Read ``<keys>/peers/*.json``; no peer is an empty book.

        Refuses: ``KeyFileRefused`` when a file is malformed or bears another site's name.
        """
        found = {}
        for path in sorted((directory / "peers").glob("*.json")):
            record = files.read(path, PeerRecord)
            if record.site != path.stem:
                raise KeyFileRefused(f"{path} holds the keys of {record.site}")
            found[record.site] = _identities(record)
        return cls(found)

    def identities(self, site: str) -> tuple[PublicIdentity, ...]:
        """List the pinned identities of a site, oldest first; nothing for a stranger."""
        return self.by_site.get(site, ())

    def find(self, site: str, key_id: str) -> PublicIdentity | None:
        """Return one pinned identity, whether or not it is still valid."""
        return next((each for each in self.identities(site) if each.key_id == key_id), None)

    def verifier(self, site: str, key_id: str, at: datetime) -> Verifier:
        """Check what the peer signs with one key at ``at``.

        Refuses: ``UnknownKey`` when it was never pinned; ``KeyOutOfTime`` when it was not
        valid then, or has been revoked.
        """
        identity = self.find(site, key_id)
        if identity is None:
            raise UnknownKey(f"no key {key_id} of {site} is pinned")
        if not identity.covers(at):
            raise KeyOutOfTime(f"the key {key_id} of {site} is not valid at {at:%Y-%m-%d}")
        return identity.verifier()

    def sealer(self, site: str, at: datetime) -> Sealer:
        """Encrypt to the peer's latest identity that has begun.

        Refuses: ``UnknownKey`` for a stranger; ``KeyOutOfTime`` when none is valid.
        """
        pinned = self.identities(site)
        if not pinned:
            raise UnknownKey(f"no key of {site} is pinned")
        usable = [each for each in pinned if each.covers(at)]
        if not usable:
            raise KeyOutOfTime(f"no key of {site} is valid at {at:%Y-%m-%d}")
        return max(usable, key=lambda each: each.valid_from).sealer()


def export_identities(ring: KeyRing) -> str:
    """Write down the site's public identities, as a peer's operator receives them."""
    keys = tuple(each.record() for each in ring.public_identities())
    return PeerRecord(site=ring.site, keys=keys).model_dump_json(indent=2) + "\n"


def read_introduction(text: str) -> tuple[PublicIdentity, ...]:
    """Read what a peer exported, for its fingerprints to be compared before it is pinned.

    Refuses: ``KeyFileRefused`` when malformed or inconsistent; ``BadKey``.
    """
    try:
        record = PeerRecord.model_validate_json(text)
    except ValidationError as error:
        raise KeyFileRefused(f"malformed in {error.error_count()} places") from None
    return _identities(record)


def pin_peer(directory: Path, text: str) -> tuple[PublicIdentity, ...]:
    """Pin what a peer exported, adding to what is pinned already.

    Idempotence: a key that is pinned keeps its record, so a revocation survives a second
    introduction. Refuses: ``KeyFileRefused``.
    """
    introduced = read_introduction(text)
    site = introduced[0].site
    with files.alone(files.private_directory(directory)):
        known = PeerBook.load(directory).identities(site)
        merged = {each.key_id: each for each in (*introduced, *known)}
        _write(directory, site, tuple(merged.values()))
    return PeerBook.load(directory).identities(site)


def revoke_peer_key(directory: Path, site: str, key_id: str, at: datetime) -> None:
    """Believe nothing more that this key signs, and seal nothing more to it.

    Refuses: ``UnknownKey``.
    """
    with files.alone(directory):
        book = PeerBook.load(directory)
        if book.find(site, key_id) is None:
            raise UnknownKey(f"no key {key_id} of {site} is pinned")
        _write(
            directory,
            site,
            tuple(
                replace(each, revoked_at=each.revoked_at or at) if each.key_id == key_id else each
                for each in book.identities(site)
            ),
        )


def _identities(record: PeerRecord) -> tuple[PublicIdentity, ...]:
    read = (PublicIdentity.from_record(record.site, each) for each in record.keys)
    return tuple(sorted(read, key=lambda each: each.valid_from))


def _write(directory: Path, site: str, identities: tuple[PublicIdentity, ...]) -> None:
    folder = files.private_directory(directory / "peers")
    record = PeerRecord(site=site, keys=tuple(each.record() for each in identities))
    files.replace(folder / f"{site}.json", record)
