"""How dates, times, money, sizes and personal data are written on a page (the template filters)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_WEEKDAYS: Final = "一二三四五六日"
_SIZE_STEP: Final = 1024
_MASKED_MIDDLE: Final = {"id": (4, 4), "phone": (3, 4), "account": (4, 4)}


def local(at: datetime) -> datetime:
    """Turn an instant into Shanghai time.

    Refuses: a naive datetime (ValueError); nobody can say which instant it is.
    """
    if at.tzinfo is None:
        message = f"naive datetime on a page: {at!r}"
        raise ValueError(message)
    return at.astimezone(SHANGHAI)


def date_text(day: date | None) -> str:
    """Write a date with its weekday: 2026年3月2日（周一）; nothing for None.

    Units: an instant is shown as its Shanghai date.
    """
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = local(day).date()
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def short_date(day: date | None) -> str:
    """Write a date for dense tables: 2026-03-02."""
    if day is None:
        return ""
    return (local(day).date() if isinstance(day, datetime) else day).isoformat()


def time_text(at: datetime | None) -> str:
    """Write the time of day with minutes: 09:42."""
    return "" if at is None else f"{local(at):%H:%M}"


def moment(at: datetime | None) -> str:
    """Write date, weekday and time: 2026年3月2日（周一）09:42."""
    return "" if at is None else f"{date_text(at)}{time_text(at)}"


def iso(at: date | None) -> str:
    """Write a date or an instant for the datetime attribute of a time element."""
    if at is None:
        return ""
    return (local(at) if isinstance(at, datetime) else at).isoformat()


def money(amount: Decimal | int | None, unit: str = "元") -> str:
    """Write yuan with thousands separators: 12,345.60元.

    Units: yuan. Refuses: binary floats (TypeError); sums of money are Decimal.
    """
    if amount is None:
        return ""
    if isinstance(amount, float):
        message = "money is Decimal, never float"
        raise TypeError(message)
    return f"{Decimal(amount):,.2f}{unit}"


def number(value: Decimal | int | None) -> str:
    """Write a number with thousands separators."""
    return "" if value is None else f"{value:,}"


def file_size(size: int | None) -> str:
    """Write a size in bytes for a person: 820字节, 1.2MB."""
    if size is None:
        return ""
    if size < _SIZE_STEP:
        return f"{size}字节"
    value = float(size)
    for unit in ("KB", "MB", "GB"):
        value /= _SIZE_STEP
        if value < _SIZE_STEP or unit == "GB":
            break
    return f"{value:.1f}{unit}"


def mask(value: str, kind: str = "id") -> str:
    """Hide the middle of an ID number, phone or account: 3301**********1234."""
    head, tail = _MASKED_MIDDLE[kind]
    if len(value) <= head + tail:
        return "*" * len(value)
    return value[:head] + "*" * (len(value) - head - tail) + value[-tail:]


def mask_name(name: str) -> str:
    """Hide a name but its first character: 张**."""
    return name[:1] + "*" * (len(name) - 1)


def mask_address(address: str) -> str:
    """Hide an address after its first six characters (province and city as a rule)."""
    shown = 6
    return address if len(address) <= shown else address[:shown] + "****"


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "date": date_text,
    "short_date": short_date,
    "time": time_text,
    "moment": moment,
    "iso": iso,
    "money": money,
    "number": number,
    "file_size": file_size,
    "mask": mask,
    "mask_name": mask_name,
    "mask_address": mask_address,
}
