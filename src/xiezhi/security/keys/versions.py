"""A secret key in versions: the newest encrypts, all of them decrypt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xiezhi.security.keys.errors import UnknownKey


@dataclass(frozen=True, slots=True)
class KeyVersion:
    """One version; its secret never appears in a representation."""

    version: int
    created_at: datetime
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyVersions:
    """All versions of one purpose."""

    purpose: str
    by_version: Mapping[int, KeyVersion] = field(repr=False)

    @property
    def current(self) -> KeyVersion:
        """Return the newest version."""
        return self.by_version[max(self.by_version)]

    @property
    def newest_first(self) -> list[KeyVersion]:
        """List the versions, the current one first."""
        return [self.by_version[number] for number in sorted(self.by_version, reverse=True)]

    def get(self, version: int) -> KeyVersion:
        """Return one version.

        Refuses: ``UnknownKey``.
        """
        try:
            return self.by_version[version]
        except KeyError:
            raise UnknownKey(f"no version {version} of the {self.purpose} key") from None
