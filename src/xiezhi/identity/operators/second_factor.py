"""The second proof: a six-digit code of the half minute (RFC 6238), or a recovery code."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

import pyotp
from pyotp.exceptions import OTPVerificationError

from xiezhi.security.algorithms import digest

STEP_SECONDS: Final = 30
CLOCKS_APART: Final = 1
"""A telephone's clock may be this many half minutes off."""
ISSUER: Final = "Xiezhi"
CODES: Final = 10
GROUPS: Final = 4
GROUP: Final = 4
ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_secret() -> str:
    """Make a secret of 160 bits, as authenticators take it (Base32)."""
    return pyotp.random_base32(32)


def address_of(secret: str, login_name: str) -> str:
    """Give the address (otpauth) that an authenticator reads as text or as a picture."""
    return _totp(secret).provisioning_uri(name=login_name, issuer_name=ISSUER)


def code_at(secret: str, at: datetime) -> str:
    """Give the code of the half minute that holds ``at``."""
    return _totp(secret).at(at)


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the number of the half minute whose code this is, or nothing.

    The half minutes just before and after ``at`` count too. The caller takes a number only once.
    """
    try:
        return _totp(secret).verify_and_get_timecode(code, for_time=at, valid_window=CLOCKS_APART)
    except OTPVerificationError:
        return None


def new_recovery_codes() -> list[str]:
    """Make ten codes of 80 bits, in groups that can be copied from paper."""
    return ["-".join(_group() for _ in range(GROUPS)) for _ in range(CODES)]


def recovery_digest(operator_id: UUID, code: str) -> str:
    """Return the digest under which a code is kept.

    A code is drawn at random from 2 to the 80th, so no slow hash is needed; the operator's id
    makes the digests of two operators differ.
    """
    typed = "".join(code.split()).replace("-", "").upper()
    return digest(b"xiezhi recovery code|" + operator_id.bytes + typed.encode()).hex()


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP))


def _totp(secret: str) -> pyotp.TOTP:
    return pyotp.TOTP(secret, interval=STEP_SECONDS)
