"""Telephone numbers as people write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from xiezhi.law import titles
from xiezhi.law.errors import LawError
from xiezhi.law.identity.masking import mask_phone

BASIS = f"电信网编号计划；{titles.CIVIL_PROCEDURE}第一百二十四条"
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}[2-9]\d{6,7}")
_LANDLINE_LENGTHS = range(10, 13)
_PREFIX = re.compile(r"^(?:\+|00)86")
_FILLER = re.compile(r"[\s\-()（）]+")


@dataclass(frozen=True, slots=True)
class Phone:
    """A mainland telephone number: digits only, mobile or landline."""

    number: str
    mobile: bool

    @property
    def masked(self) -> str:
        """Return what may be shown."""
        return mask_phone(self.number)

    def __str__(self) -> str:
        """Return the masked number, so that a log cannot leak it."""
        return self.masked


def check_phone(text: str) -> Phone:
    """Read a mainland mobile or landline number.

    Basis: 民事诉讼法第一百二十四条（起诉状应记明联系方式）；电信网编号计划。
    Refuses: ``LawError`` (``phone.format``).
    """
    digits = _FILLER.sub("", unicodedata.normalize("NFKC", text))
    digits = _PREFIX.sub("", digits)
    if digits.isascii() and _MOBILE.fullmatch(digits):
        return Phone(digits, mobile=True)
    if digits.isascii() and len(digits) in _LANDLINE_LENGTHS and _LANDLINE.fullmatch(digits):
        return Phone(digits, mobile=False)
    raise LawError(
        "电话号码不正确。",
        code="phone.format",
        basis=BASIS,
        remedy="请填写11位手机号码，或带区号的固定电话号码。",
    )
