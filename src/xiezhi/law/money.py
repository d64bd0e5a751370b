"""Sums of money in Chinese capitals (大写) and back, and whether the two agree."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from xiezhi.law import titles
from xiezhi.law.errors import LawError
from xiezhi.law.results import CENT, format_yuan

BASIS = f"正确填写票据和结算凭证的基本规定（支付结算办法附一）；{titles.BILLS}第八条"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_VALUES = {char: value for value, char in enumerate(CAPITALS)}
_VARIANTS = str.maketrans(
    "一二三四五六七八九十百千〇○圓圆億萬貳叄陸整弍弎两廿",
    "壹贰叁肆伍陆柒捌玖拾佰仟零零元元亿万贰叁陆正贰叁贰贰",
)
_LIMIT = Decimal(1_000_000_000_000)
_GROUPS = ("", "万", "亿")
_PLACES = ("", "拾", "佰", "仟")
_TEN = 10
_THOUSAND = 1000
_FORM = re.compile(
    r"(?:人民币)?(?P<yuan>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+元)?"
    r"(?:零)?(?P<jiao>[壹贰叁肆伍陆柒捌玖]角)?(?:零)?(?P<fen>[壹贰叁肆伍陆柒捌玖]分)?正?"
)


def to_capitals(amount: Decimal) -> str:
    """Write a sum in capitals: 1234.5 壹仟贰佰叁拾肆元伍角整.

    Basis: 正确填写票据和结算凭证的基本规定第二条至第五条。
    Units: yuan, at most two decimals.
    Refuses: ``LawError`` for a negative sum, more than two decimals, 1,000,000,000,000 or more.
    """
    if not amount.is_finite() or amount < 0:
        raise LawError("金额不能为负数。", code="money.negative", basis=BASIS)
    if amount >= _LIMIT:
        raise LawError("金额应小于一万亿元。", code="money.range", basis=BASIS)
    if amount != amount.quantize(CENT):
        raise LawError("金额最多到分。", code="money.decimals", basis=BASIS)
    cents = int(amount * 100)
    yuan, rest = divmod(cents, 100)
    jiao, fen = divmod(rest, _TEN)
    text = f"{_integer(yuan)}元" if yuan else ""
    if jiao:
        text += f"{CAPITALS[jiao]}角"
    elif fen and yuan:
        text += CAPITALS[0]
    if fen:
        return f"{text}{CAPITALS[fen]}分"
    return f"{text or '零元'}整"


def from_capitals(text: str) -> Decimal:
    """Read a sum written in capitals or in plain Chinese numerals.

    Basis: 正确填写票据和结算凭证的基本规定第一条至第五条。
    Units: yuan with two decimals.
    Refuses: ``LawError`` (``money.capitals``).
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_VARIANTS)
    match = _FORM.fullmatch(plain)
    if match is None or not any(match.groups()):
        raise _unreadable(text)
    yuan = _read_integer(match["yuan"][:-1], text) if match["yuan"] else 0
    jiao = _VALUES[match["jiao"][0]] if match["jiao"] else 0
    fen = _VALUES[match["fen"][0]] if match["fen"] else 0
    return (Decimal(yuan) + Decimal(jiao * _TEN + fen) / 100).quantize(CENT)


def agree(digits: Decimal, capitals: str) -> bool:
    """Tell whether the sum in figures and the sum in capitals are the same.

    Basis: 票据法第八条（中文大写和数码记载不一致的，票据无效）。
    Refuses: ``LawError`` when the capitals cannot be read.
    """
    return from_capitals(capitals) == digits


def require_agreement(digits: Decimal, capitals: str) -> None:
    """Refuse a sum whose figures and capitals differ, naming both.

    Basis: 票据法第八条。
    Refuses: ``LawError`` (``money.disagree``).
    """
    written = from_capitals(capitals)
    if written != digits:
        raise LawError(
            f"大写金额为{format_yuan(written)}，小写金额为{format_yuan(digits)}，两者不一致。",
            code="money.disagree",
            basis=BASIS,
            remedy="请核对后改为一致。",
        )


def _integer(number: int) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group:
            gap = text and (group < _THOUSAND or groups[index + 1] % _TEN == 0)
            text = text.rstrip("零") + ("零" if gap else "") + _group(group) + _GROUPS[index]
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


def _group(number: int) -> str:
    text = ""
    for place in range(3, -1, -1):
        digit, number = divmod(number, _TEN**place)
        if digit:
            text += CAPITALS[digit] + _PLACES[place]
        elif text and number and not text.endswith("零"):
            text += "零"
    return text


def _read_integer(text: str, original: str) -> int:
    total = 0
    for unit, size in (("亿", 100_000_000), ("万", 10_000)):
        if unit in text:
            head, _, text = text.partition(unit)
            total += _read_group(head, original) * size
    total += _read_group(text, original) if text.strip("零") else 0
    return total


def _read_group(text: str, original: str) -> int:
    places = {"拾": 10, "佰": 100, "仟": 1000}
    total, digit, last = 0, None, 10_000
    for char in text.lstrip("零"):
        if char in places:
            if places[char] >= last or (digit is None and char != "拾"):
                raise _unreadable(original)
            last = places[char]
            total, digit = total + (1 if digit is None else digit) * last, None
        elif char in _VALUES:
            if digit:
                raise _unreadable(original)
            digit = _VALUES[char] or None
        else:
            raise _unreadable(original)
    if total == 0 and digit is None:
        raise _unreadable(original)
    return total + (digit or 0)


def _unreadable(text: str) -> LawError:
    return LawError(
        f"“{text}”不是规范的大写金额。",
        code="money.capitals",
        basis=BASIS,
        remedy="请使用壹、贰、叁、肆、伍、陆、柒、捌、玖、拾、佰、仟、万、亿、元、角、分、零、整填写。",
    )
