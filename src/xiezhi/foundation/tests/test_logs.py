"""No personal data reaches a log."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xiezhi.foundation.logs import HIDDEN, redact, scrub


def test_scrub_hides_numbers_that_name_a_person() -> None:
    text = "身份证11010519491231002X，手机13800138000，卡号6222020200112233445，a.b@example.cn"

    assert scrub(text) == f"身份证{HIDDEN}，手机{HIDDEN}，卡号{HIDDEN}，{HIDDEN}"


def test_scrub_leaves_case_numbers_and_identifiers_whole() -> None:
    text = "（2026）示0102民初12号 018f8a5e-7b2c-7000-8000-13800138000a 2026-03-02T09:00:00"

    assert scrub(text) == text


@given(st.from_regex(r"\A[1-9]\d{16}[\dX]\Z"))
def test_scrub_hides_any_resident_id(number: str) -> None:
    assert number not in scrub(f"号码 {number} 在此")


def test_redact_hides_named_values_at_any_depth() -> None:
    event = {"event": "x", "form": {"password": "p", "fields": [{"phone": "1"}]}, "code": "a"}

    assert redact(None, "info", event) == {
        "event": "x",
        "form": {"password": HIDDEN, "fields": [{"phone": HIDDEN}]},
        "code": "a",
    }
