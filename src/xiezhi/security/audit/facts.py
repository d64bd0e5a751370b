"""What may stand in the facts of an audit entry: ids, codes, small numbers, digests."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from xiezhi.security.keys import ring

_CODE: Final = re.compile(r"^[a-z][a-z0-9_.\-]{0,63}$")
_DIGEST: Final = re.compile(r"^[0-9a-f]{64}$")
_LARGEST: Final = 10**9
_NAME_LENGTH: Final = 60
_DIGEST_LENGTH: Final = 32
_MOST: Final = 40

Fact = str | int | bool | None


def as_facts(facts: Mapping[str, object]) -> dict[str, Fact]:
    """Turn what a caller knows into what the audit may keep."""
    few = list(facts.items())[:_MOST]
    return {name[:_NAME_LENGTH]: as_fact(value) for name, value in few}


def as_fact(value: object) -> Fact:
    """Keep ids, codes, dates and small numbers; replace anything else by its keyed digest.

    A name, a number long enough to be an identifier, or free text never gets into the audit,
    whoever hands it over. The digest is keyed, so it cannot be found by trying all values, yet
    two entries about the same value show the same digest.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < _LARGEST:
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = str(value)
    if _CODE.match(text) or _DIGEST.match(text) or _is_uuid(text):
        return text
    keys = ring()
    version = keys.index.current.version
    digest = keys.index_digest(version, f"xiezhi fact|{text}".encode()).hex()
    return f"digest:{version}.{digest[:_DIGEST_LENGTH]}"


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
