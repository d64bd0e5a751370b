"""Spans of time in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

_UNITS: Final = ((86_400, "天"), (3_600, "小时"), (60, "分钟"), (1, "秒"))
_SHOWN: Final = 2


def span(length: timedelta, shown: int = _SHOWN) -> str:
    """Say a span by its largest unit and the next, where that is not zero: 3天4小时, 5分钟20秒.

    ``shown`` is how many units are told.
    """
    seconds = max(int(length.total_seconds()), 0)
    amounts = []
    for size, unit in _UNITS:
        amount, seconds = divmod(seconds, size)
        amounts.append((amount, unit))
    first = next((n for n, (amount, _) in enumerate(amounts) if amount), len(amounts) - 1)
    told = amounts[first : first + shown]
    return "".join(f"{amount}{unit}" for amount, unit in told if amount) or "不到1秒"
