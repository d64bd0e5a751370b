"""An introduction: a site says who it is, with which keys, and what it would exchange.

It is signed by one of the keys it brings, which proves that the keys are used by whoever wrote it,
and nothing about who that is: people compare the fingerprint by telephone.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from typing import Annotated, Any, Final, Literal

import rfc8785
from pydantic import AwareDatetime, Field, ValidationError

from xiezhi.contracts.payloads import Frozen
from xiezhi.contracts.traffic import SITE_ROLE_LABELS, SiteRole, crossing
from xiezhi.exchange.refusals import IntroductionRefused
from xiezhi.security.algorithms import BadSignature, CryptoError
from xiezhi.security.keys import KeyRing, PublicIdentity
from xiezhi.security.keys.records import PeerKeyRecord, SiteName

MAX_BYTES: Final = 256 * 1024
_SIGNED: Final = b"xiezhi introduction 1\n"

# Nothing that the database refuses or that lets a name be read as another: what controls, turns the
# direction of writing, or is not seen.
_PRINTED: Final = r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+$"
_Type = Annotated[str, Field(pattern=r"^[a-z][a-z0-9._-]{0,63}$")]
Types = Annotated[tuple[_Type, ...], Field(max_length=512)]


class Introduction(Frozen):
    """What one site says of itself; ``offers`` and ``wants`` are types of message."""

    v: Literal[1] = 1
    site: SiteName
    role: SiteRole
    name: str = Field(min_length=1, max_length=100, pattern=_PRINTED)
    keys: Annotated[tuple[PeerKeyRecord, ...], Field(min_length=1, max_length=16)]
    offers: Types = ()
    wants: Types = ()
    made_at: AwareDatetime

    def identities(self) -> tuple[PublicIdentity, ...]:
        """Read the keys. Refuses: ``CryptoError`` when ids or fingerprints do not fit them."""
        return tuple(PublicIdentity.from_record(self.site, each) for each in self.keys)


class _Signed(Frozen):
    introduction: dict[str, Any]
    key_id: str
    signature: str


def write_introduction(ring: KeyRing, *, role: SiteRole, name: str, at: datetime) -> str:
    """Introduce the site of ``ring``, signed by its newest key that is valid at ``at``.

    Keys that have ended or were revoked are left out. Refuses: ``KeyOutOfTime``.
    """
    signer = ring.identity(at)
    usable = [each for each in ring.public_identities() if not each.revoked and at < each.valid_to]
    others = [each for each in SiteRole if each is not role]
    told = Introduction(
        site=ring.site,
        role=role,
        name=name or SITE_ROLE_LABELS[role],
        keys=tuple(each.record() for each in usable),
        offers=tuple(sorted({name for other in others for name in crossing(role, other)})),
        wants=tuple(sorted({name for other in others for name in crossing(other, role)})),
        made_at=at,
    ).model_dump(mode="json")
    signature = signer.signer().sign(_SIGNED + rfc8785.dumps(told))
    signed = {
        "introduction": told,
        "key_id": signer.key_id,
        "signature": base64.b64encode(signature).decode("ascii"),
    }
    return json.dumps(signed, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def read_introduction(data: bytes) -> Introduction:
    """Read an introduction and check that one of its keys signed it.

    Refuses: ``IntroductionRefused``, for any bytes.
    """
    if len(data) > MAX_BYTES:
        raise IntroductionRefused(why="文件过大")
    try:
        signed = _Signed.model_validate_json(data)
        introduction = Introduction.model_validate(signed.introduction)
        identities = introduction.identities()
        message = _SIGNED + rfc8785.dumps(signed.introduction)
        signature = base64.b64decode(signed.signature, validate=True)
    except (ValidationError, RecursionError, rfc8785.CanonicalizationError, binascii.Error):
        raise IntroductionRefused(why="不是介绍文件，或者内容不完整") from None
    except (CryptoError, ValueError):
        raise IntroductionRefused(why="公钥与其编号、指纹不一致") from None
    signer = next((each for each in identities if each.key_id == signed.key_id), None)
    if signer is None or not signer.covers(introduction.made_at):
        raise IntroductionRefused(why="签名所用的密钥不在其中，或者不在有效期内")
    try:
        signer.verifier().verify(message, signature)
    except (BadSignature, CryptoError, ValueError):
        raise IntroductionRefused(why="签名不符") from None
    return introduction
