"""What may be shown of a name or number (掩码): never more than the recorded ends."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from xiezhi.law.parameters import derived, table

HIDDEN = "*"


class Ends(NamedTuple):
    """How many characters stay visible at each end."""

    front: int
    back: int


def mask(text: str, kind: str) -> str:
    """Hide the middle of a text, keeping what is allowed for its kind and no more.

    Basis: 个人信息保护法第六条、第五十一条；可见位数为约定，见 data/identity.toml。
    Shape: same length as the stripped text; when the hidden part would be shorter than
    the visible one, everything is hidden.
    """
    text = text.strip()
    front, back = allowed(kind)
    hidden = len(text) - front - back
    if hidden < 1 or (back and hidden < back):
        return HIDDEN * len(text)
    return text[:front] + HIDDEN * hidden + text[len(text) - back :]


def mask_resident_id(text: str) -> str:
    """Hide a resident identity number: birth date, sequence and check character.

    Basis: 个人信息保护法第二十八条、第五十一条；可见位数为约定。
    """
    return mask(text, "resident-id")


def mask_phone(text: str) -> str:
    """Hide the middle of a telephone number.

    Basis: 个人信息保护法第五十一条；可见位数为约定。
    """
    return mask(text, "phone")


def mask_name(text: str) -> str:
    """Hide a name except its first character.

    Basis: 个人信息保护法第五十一条；可见位数为约定。
    """
    return mask(text, "name")


@derived
def allowed(kind: str) -> Ends:
    """Return how much of a kind of number may be shown.

    Basis: data/identity.toml。
    """
    versions = table("identity")["mask", kind]
    value = next(v.value for v in versions if v.until == date.max)
    return Ends(value["front"], value["back"])
