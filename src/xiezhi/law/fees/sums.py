"""Which numbers may stand for a sum of money in a fee question."""

from __future__ import annotations

from decimal import Decimal

from xiezhi.law.errors import LawError
from xiezhi.law.results import round_cent

_LIMIT = Decimal(1_000_000_000_000_000)


def checked_sum(value: object, *, basis: str, name: str = "金额") -> Decimal:
    """Return a sum of yuan, or refuse what is none.

    Basis: the article of the fee asked about. Units: yuan, at most two decimals.
    Refuses: ``LawError`` for a float (its cents are not exact), a number that is not finite,
    a negative sum, 1,000,000,000,000,000 or more, more than two decimals.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise LawError(f"{name}应为整数或者十进制小数。", code="fee.type", basis=basis)
    found = Decimal(value)
    if not found.is_finite() or found < 0:
        raise LawError(f"{name}不能为负数。", code="fee.negative", basis=basis)
    if found >= _LIMIT:
        raise LawError(f"{name}过大，请核对。", code="fee.range", basis=basis)
    if found != round_cent(found):
        raise LawError(f"{name}最多到分。", code="fee.decimals", basis=basis)
    return found
