"""What comes of a proof that somebody gives at the login."""

from __future__ import annotations

from enum import StrEnum


class Proof(StrEnum):
    """Passed, wrong, locked out for some time, or asked too late."""

    PASSED = "passed"
    WRONG = "wrong"
    LOCKED = "locked"
    LATE = "late"
