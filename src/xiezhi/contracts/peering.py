"""What sites tell each other about their keys: a new one, and one that is not to be believed."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Base64Bytes, Field

from xiezhi.contracts.messages import Message, released
from xiezhi.contracts.payloads import ShortText

KEYS: str = "exchange:keys"
"""The conversation in which a site speaks of its keys."""


@released
class KeyOffered(Message):
    """A site will sign with this key from ``valid_from`` on; its peer's operator confirms it.

    The envelope is signed by the key before it. Keys are raw public keys.
    """

    TYPE: ClassVar[str] = "exchange.key_offered"

    key_id: ShortText
    algorithm: Literal["national", "international"]
    signing: Base64Bytes
    sealing: Base64Bytes
    valid_from: AwareDatetime
    valid_to: AwareDatetime
    fingerprint: str = Field(pattern=r"^[0-9a-f]{64}$")


@released
class KeyRevoked(Message):
    """A site says of a key of its own: believe nothing that it signs, seal nothing to it."""

    TYPE: ClassVar[str] = "exchange.key_revoked"

    key_id: ShortText
    revoked_at: AwareDatetime
