"""Times and sizes of the exchange, changeable by settings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

BATCH: Final[int] = getattr(settings, "XIEZHI_EXCHANGE_BATCH", 64)
PARCEL_BYTES: Final = 4 * 1024 * 1024
PARTS_BYTES: Final = 16 * 1024 * 1024
PARTS_AT_ONCE: Final = 16
_DOUBLINGS: Final = 6
_AT_ONCE: Final = 2
_EPOCHS: Final = timedelta(days=366 * 30)


def _seconds(name: str, default: int) -> timedelta:
    return timedelta(seconds=float(getattr(settings, name, default)))


def _doubled(times: int) -> int:
    return 1 << min(max(times, 0), _DOUBLINGS)


def resend_after(attempts: int) -> timedelta:
    """Wait this long for a receipt before sending again; each time twice as long, to an hour."""
    wait = _seconds("XIEZHI_EXCHANGE_RESEND_SECONDS", 60)
    return wait * _doubled(attempts - 1)


def seal_anew_after(attempts: int) -> timedelta:
    """Wait this long before sealing anew what the peer quarantined; the first times not at all."""
    return timedelta(0) if attempts <= _AT_ONCE else resend_after(attempts)


def ask_again_after() -> timedelta:
    """Wait this long before asking about a message that the peer holds."""
    return _seconds("XIEZHI_EXCHANGE_HELD_SECONDS", 600)


def tell_after() -> timedelta:
    """Wait this long between two words on parts of the same attachment that still arrive."""
    return _seconds("XIEZHI_EXCHANGE_TELL_SECONDS", 5)


def attachment_limit() -> int:
    """Take attachments of a peer up to this many bytes."""
    return int(getattr(settings, "XIEZHI_EXCHANGE_ATTACHMENT_LIMIT_BYTES", 500 * 1024 * 1024))


def retry_after(attempts: int) -> timedelta:
    """Wait this long before a handler that failed is tried again."""
    return _seconds("XIEZHI_EXCHANGE_RETRY_SECONDS", 5) * _doubled(attempts)


def alarm_after() -> timedelta:
    """Wait this long for a receipt, or for what a held message waits for, before alarming."""
    return timedelta(minutes=float(getattr(settings, "XIEZHI_EXCHANGE_ALARM_MINUTES", 10)))


def banner_after() -> timedelta:
    """Tell everybody on the site when messages are this late."""
    return _seconds("XIEZHI_EXCHANGE_BANNER_SECONDS", 300)


def disk_floor() -> int:
    """Alarm when the disk of the spool has fewer bytes left."""
    return int(getattr(settings, "XIEZHI_EXCHANGE_DISK_FLOOR_BYTES", 1 << 30))


def standing_every() -> timedelta:
    """Tell a peer this often how we stand."""
    return _seconds("XIEZHI_EXCHANGE_STANDING_SECONDS", 5)


def watermark_slack() -> timedelta:
    """Allow for this much between reading the clock and beginning the transaction."""
    return _seconds("XIEZHI_EXCHANGE_SLACK_SECONDS", 2)


def clock_tolerance() -> timedelta:
    """Believe what a peer pledges if its clock is ahead of ours by no more than this."""
    return _seconds("XIEZHI_EXCHANGE_CLOCK_SECONDS", 60)


def last_epoch(at: datetime) -> int:
    """Give the highest epoch that may have been ours: a clock decades ahead was never believed."""
    return int((at + _EPOCHS).timestamp())


def account_after() -> timedelta:
    """Wait this long after a day has ended before its account is drawn."""
    return _seconds("XIEZHI_EXCHANGE_ACCOUNT_SECONDS", 600)


def account_again_after() -> timedelta:
    """Wait this long before an account that is not agreed is drawn again."""
    return _seconds("XIEZHI_EXCHANGE_ACCOUNT_AGAIN_SECONDS", 3600)


def account_patience() -> timedelta:
    """Wait at most this long after a day's end for its last messages to be settled."""
    return _seconds("XIEZHI_EXCHANGE_ACCOUNT_PATIENCE_SECONDS", 6 * 3600)
