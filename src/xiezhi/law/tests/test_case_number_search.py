"""Case numbers in running text and in the output of OCR."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.law import case_number
from xiezhi.law.errors import LawError

TEXT = (
    "上诉人张三因与被上诉人李四民间借贷纠纷一案，不服演示市东城区人民法院（2025）示0102民初88号民事判决，"
    "向本院提起上诉。另查明，(2024)粤0305执恢18号案件已终结；[2026]京0105民初100号之一民事裁定已送达。"
    "最高人民法院作出〔2026〕最高法民申1024号裁定。合同编号（2023）第12号不是案号。"
)


def test_every_number_of_a_text_is_found_in_order() -> None:
    assert [str(found.number) for found in case_number.find(TEXT)] == [
        "（2025）示0102民初88号",
        "（2024）粤0305执恢18号",
        "（2026）京0105民初100号之一",
        "（2026）最高法民申1024号",
    ]
    assert [found.exact for found in case_number.find(TEXT)] == [True, False, False, False]
    assert all(TEXT[found.start : found.end] == found.text for found in case_number.find(TEXT))


@pytest.mark.parametrize(
    "noisy",
    [
        "（2O26）京01O5民初12号",
        "(2026)京0105民初l2号",
        "（２０２６）京０１０５民初１２号",
        "( 2026 ) 京 0105 民初 12 号",
        "（2026）京0105民\u3000初12号",
        "（2026）京0105民初第12号",
        "（2026）\n京0105民初12号",
        "【2026】京0105民初I2号",
        "（2026）京0105民初1Z号",
    ],
)
def test_misread_numbers_are_repaired_and_marked(noisy: str) -> None:
    found = case_number.find(f"经审理，{noisy}案件")
    assert [str(one.number) for one in found] == ["（2026）京0105民初12号"]
    assert not found[0].exact


@pytest.mark.parametrize(
    "text",
    [
        "", "（2026）京0105某某12号", "（2026）京010民初12号", "（2026）京0105民初012号",
        "（2026）京0105民终12号", "（1900）京0105民初12号", "2026年京0105民初12号",
    ],
)  # fmt: skip
def test_what_no_court_issued_is_left_out(text: str) -> None:
    assert case_number.find(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("（2011）惠中法刑一初字第30号", "（2011）惠中法刑一初字第30号"),
        ("(2002)皖刑终字第01号", "（2002）皖刑终字第1号"),
        ("〔2015〕朝民初字第 12345 号", "（2015）朝民初字第12345号"),
    ],
)
def test_numbers_of_the_time_before_2016(text: str, number: str) -> None:
    assert str(case_number.parse_historical(text)) == number
    found = case_number.find_historical(f"不服{text}民事判决")
    assert [(str(one.number), one.text) for one in found] == [(number, text)]
    assert case_number.find(text) == ()


@pytest.mark.parametrize(
    "text", ["（2016）朝民初字第1号", "（1977）朝民初字第1号", "（2015）朝民初1号", ""]
)
def test_what_is_not_an_old_number_is_refused(text: str) -> None:
    assert case_number.find_historical(text) == ()
    with pytest.raises(LawError, match="不是2016年以前案号的格式"):
        case_number.parse_historical(text)


def test_guizhou_is_known_by_both_characters() -> None:
    text = "（2017）黔2635刑初65号，（2017）贵2635刑初65号"
    assert [found.number.court_code for found in case_number.find(text)] == ["黔2635", "贵2635"]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    for found in case_number.find(text):
        assert case_number.parse(str(found.number)) == found.number


def test_ten_thousand_characters_take_milliseconds() -> None:
    text = (TEXT * 100)[:10_000]
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.05


def test_hostile_text_takes_linear_time() -> None:
    for text in ("（" * 20_000, "（2026）" * 5_000, "（2026）京0105" * 2_000, "（2 0 2 6 " * 4_000):
        assert _seconds(text) < 0.5


def _seconds(text: str) -> float:
    start = time.process_time()
    case_number.find(text)
    return time.process_time() - start
