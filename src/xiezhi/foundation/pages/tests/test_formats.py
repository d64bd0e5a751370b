"""Dates, money, sizes and masks as a court would print them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezhi.foundation.pages import formats


def test_date_says_the_weekday() -> None:
    assert formats.date_text(date(2026, 3, 2)) == "2026年3月2日（周一）"


def test_date_of_an_instant_is_the_shanghai_date() -> None:
    assert formats.date_text(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == "2026年3月2日（周一）"


def test_moment_has_minutes_in_shanghai() -> None:
    at = datetime(2026, 3, 2, 1, 42, 59, tzinfo=UTC)
    assert formats.moment(at) == "2026年3月2日（周一）09:42"
    assert formats.iso(at) == "2026-03-02T09:42:59+08:00"
    assert formats.short_date(at) == "2026-03-02"


def test_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        formats.time_text(datetime(2026, 3, 2, 9, 42))  # noqa: DTZ001  # what must be refused


def test_money_has_separators_and_two_decimals() -> None:
    assert formats.money(Decimal("1234567.5")) == "1,234,567.50元"
    assert formats.money(0) == "0.00元"


def test_money_refuses_floats() -> None:
    wrong: Any = 0.1
    with pytest.raises(TypeError, match="float"):
        formats.money(wrong)


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0字节"), (1023, "1023字节"), (1024, "1.0KB"), (1843200, "1.8MB"), (2**42, "4096.0GB")],
)
def test_file_size_in_words(size: int, words: str) -> None:
    assert formats.file_size(size) == words


def test_nothing_is_shown_for_none() -> None:
    shown = {show(None) for show in (formats.date_text, formats.money, formats.file_size)}
    assert shown == {""}


@given(st.text(alphabet="0123456789X", max_size=30), st.sampled_from(["id", "phone", "account"]))
def test_mask_keeps_length_and_hides_at_least_half_of_short_values(value: str, kind: str) -> None:
    masked = formats.mask(value, kind)
    assert len(masked) == len(value)
    hidden = masked.count("*")
    assert hidden == len(value) if len(value) <= 7 else hidden >= len(value) - 8


def test_mask_of_an_identity_number() -> None:
    assert formats.mask("990102198803071234") == "9901**********1234"
    assert formats.mask("13800005678", "phone") == "138****5678"


def test_mask_of_names_and_addresses() -> None:
    assert formats.mask_name("欧阳明远") == "欧***"
    assert formats.mask_address("清河市云溪区梧桐路18号") == "清河市云溪区****"
