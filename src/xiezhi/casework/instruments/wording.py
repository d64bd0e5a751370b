"""How instruments write dates, names and codes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Final

from xiezhi.law.numerals import DIGITS, from_int

# No 0, 1, I, L, O: a person copies this code from paper.
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 3, 4


def written_date(day: date) -> str:
    """Write a date as instruments end: 二〇二六年三月二日.

    Basis: 人民法院民事裁判文书制作规范（落款日期用汉字，“零”写作“〇”）。
    """
    year = "".join("〇" if digit == "0" else DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{from_int(day.month)}月{from_int(day.day)}日"


def plain_date(day: date) -> str:
    """Write a date as the text of an instrument does: 2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def joined(names: Sequence[str]) -> str:
    """Join names as a sentence does: 甲、乙、丙."""
    return "、".join(names)


def verification_code() -> str:
    """Make the code under which an instrument is checked: three groups of four."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
