"""Normal forms of identifiers, so that one number has one blind index however it was typed."""

import re
import unicodedata

_GAPS = re.compile(r"[\s\-－—·.]+")
_CHINA = re.compile(r"^(?:\+?86)(?=1\d{10}$)")


def plain(value: str) -> str:
    """Fold full-width forms, drop the spaces around."""
    return unicodedata.normalize("NFKC", value).strip()


def account_number(value: str) -> str:
    """Keep the digits and letters of a number that people write in groups."""
    return plain(_GAPS.sub("", plain(value)).upper())


def id_number(value: str) -> str:
    """Write a resident ID number (公民身份号码) in one way: no gaps, capital X."""
    return account_number(value)


def phone(value: str) -> str:
    """Write a telephone number in one way: no gaps, no 86 before a mobile number."""
    return _CHINA.sub("", plain(_GAPS.sub("", plain(value))))
