"""Chinese numerals of statutes and instruments (一、十、一百二十): read and write."""

from __future__ import annotations

import re

from xiezhi.law.errors import LawError

BASIS = "GB/T 15835 出版物上数字用法"
DIGITS = "零一二三四五六七八九"
_VALUES = {char: value for value, char in enumerate(DIGITS)} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_FORM = re.compile(r"[零〇一二两三四五六七八九十百千万]+")
_SPELLINGS = str.maketrans("〇两", "零二")
_LIMIT = 100_000_000
_TEN = 10


def from_int(number: int) -> str:
    """Write a whole number as a statute does: 1 一, 12 十二, 120 一百二十, 1260 一千二百六十.

    Basis: GB/T 15835；立法技术规范（条文序数）。
    Refuses: ``LawError`` outside 0 to 99,999,999.
    """
    if not 0 <= number < _LIMIT:
        raise LawError("数字超出可以书写的范围。", code="numeral.range", basis=BASIS)
    if number == 0:
        return DIGITS[0]
    high, low = divmod(number, _UNITS["万"])
    text = _below_ten_thousand(low)
    if high:
        gap = DIGITS[0] if low and low < _UNITS["千"] else ""
        text = f"{_below_ten_thousand(high)}万{gap}{text}"
    return text.removeprefix("一") if text.startswith("一十") else text


def to_int(text: str) -> int:
    """Read a Chinese numeral, positional (二〇二六) or with units (一百二十).

    Basis: GB/T 15835。
    Refuses: ``LawError`` for anything else, spoken shortenings such as 一百五 included:
    whether that is 105 or 150 would be a guess.
    """
    if not _FORM.fullmatch(text):
        raise _unreadable(text)
    if not any(unit in text for unit in _UNITS):
        return int("".join(str(_VALUES[char]) for char in text))
    plain = text.translate(_SPELLINGS)
    number = _with_units(plain)
    written = from_int(number) if number < _LIMIT else ""
    if plain not in {written, f"一{written}" if written.startswith("十") else written}:
        raise _unreadable(text)
    return number


def _with_units(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char == "万":
            total, section, digit = (total + section + digit) * _UNITS["万"], 0, 0
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _VALUES[char]
    return total + section + digit


def _unreadable(text: str) -> LawError:
    return LawError(f"“{text}”不是中文数字。", code="numeral.format", basis=BASIS)


def _below_ten_thousand(number: int) -> str:
    text = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", _TEN), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            text += DIGITS[digit] + unit
        elif text and number and not text.endswith(DIGITS[0]):
            text += DIGITS[0]
    return text
