"""Keys that end soon: ours, and those of our peers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from xiezhi.security.keys import PublicIdentity, peers, ring

STEPS: Final = (1, 7, 30)
"""Days before the end at which a warning is due, the most urgent first."""


@dataclass(frozen=True, slots=True)
class ExpiringKey:
    """The last key of a site, which ends in ``days_left`` days; ``step`` is the warning reached.

    ``step`` is zero once it has ended: nothing can be sealed to the site, or signed by it.
    """

    site: str
    own: bool
    key_id: str
    valid_to: datetime
    days_left: int
    step: int


def keys_expiring(at: datetime) -> list[ExpiringKey]:
    """List sites whose last key ends within thirty days, the most urgent first.

    A key that is followed by a later one needs no warning; a revoked one counts for nothing.
    """
    found = [(True, _last(ring().public_identities()))]
    found += [(False, _last(peers().identities(site))) for site in sorted(peers().by_site)]
    expiring = [_expiring(key, at, own=own) for own, key in found if key is not None]
    return sorted((e for e in expiring if e is not None), key=lambda each: each.valid_to)


def _last(keys: Iterable[PublicIdentity]) -> PublicIdentity | None:
    usable = [each for each in keys if not each.revoked]
    return max(usable, key=lambda each: each.valid_to, default=None)


def _expiring(key: PublicIdentity, at: datetime, *, own: bool) -> ExpiringKey | None:
    left = key.valid_to - at
    if left > timedelta(days=STEPS[-1]):
        return None
    reached = next(days for days in STEPS if left <= timedelta(days=days))
    step = reached if left > timedelta(0) else 0
    return ExpiringKey(key.site, own, key.key_id, key.valid_to, max(left.days, 0), step)
