"""The shapes of the key files, validated on reading."""

from base64 import b64decode, b64encode
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
)

from xiezhi.security.algorithms import CryptoError, KeyPair

Purpose = Literal["master", "field", "index"]
SuiteName = Literal["national", "international"]
_SUITE_NAME: Final[TypeAdapter[SuiteName]] = TypeAdapter(SuiteName)


def suite_name(text: str) -> SuiteName:
    """Read the name of a suite from a setting. Refuses: ``CryptoError`` for an unknown one."""
    try:
        return _SUITE_NAME.validate_python(text)
    except ValidationError:
        raise CryptoError(f"unknown suite of algorithms: {text!r}") from None


def _bytes(value: object) -> object:
    # Files hold text; code hands over bytes.
    return b64decode(value, validate=True) if isinstance(value, str) else value


Base64: TypeAlias = Annotated[
    bytes,
    BeforeValidator(_bytes),
    PlainSerializer(lambda value: b64encode(value).decode("ascii"), return_type=str),
]
SiteName: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class FileRecord(BaseModel):
    """What every key file keeps: nothing unknown, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class SecretRecord(FileRecord):
    """One version of a secret key; wrapped under a version of the master key, or in clear."""

    version: int = Field(ge=1)
    created_at: AwareDatetime
    wrapped_by: int | None = None
    secret: Base64 = Field(repr=False)


class SecretsRecord(FileRecord):
    """All versions of the secret key of one purpose."""

    purpose: Purpose
    suite: SuiteName
    versions: tuple[SecretRecord, ...] = Field(min_length=1)


class PairRecord(FileRecord):
    """A key pair whose private half is wrapped under the master key."""

    public: Base64
    private: Base64 = Field(repr=False)

    def as_pair(self, private: bytes) -> KeyPair:
        """Return the pair with its private half unwrapped."""
        return KeyPair(private=private, public=self.public)


class IdentityRecord(FileRecord):
    """One version of the site's own identity: a signing pair and a sealing pair."""

    key_id: str
    suite: SuiteName
    valid_from: AwareDatetime
    valid_to: AwareDatetime
    wrapped_by: int
    signing: PairRecord
    sealing: PairRecord
    revoked_at: AwareDatetime | None = None


class IdentitiesRecord(FileRecord):
    """All versions of the site's own identity."""

    site: SiteName
    identities: tuple[IdentityRecord, ...] = Field(min_length=1)


class PeerKeyRecord(FileRecord):
    """One version of a site's public identity, as it is exported and pinned."""

    key_id: str
    algorithm: SuiteName
    signing: Base64
    sealing: Base64
    valid_from: AwareDatetime
    valid_to: AwareDatetime
    fingerprint: str
    revoked_at: AwareDatetime | None = None


class PeerRecord(FileRecord):
    """The public identities of one site."""

    site: SiteName
    keys: tuple[PeerKeyRecord, ...] = Field(min_length=1)
