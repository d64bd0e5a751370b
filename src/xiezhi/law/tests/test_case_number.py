"""Case numbers: the worked examples of case-numbers.md section 6, and each rule of section 4."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.law import case_number, parameters
from xiezhi.law.case_number import CaseNumber, CourtLevel, codes
from xiezhi.law.errors import LawError


@pytest.mark.parametrize(
    ("number", "parts", "text"),
    [
        (1, (2026, "沪0115", "民初", 3021), "（2026）沪0115民初3021号"),
        (2, (2026, "川01", "民终", 77), "（2026）川01民终77号"),
        (3, (2025, "浙0106", "民初", 9), "（2025）浙0106民初9号"),
        (4, (2026, "内", "行终", 15), "（2026）内行终15号"),
        (5, (2026, "最高法", "民申", 1024), "（2026）最高法民申1024号"),
        (6, (2024, "粤0305", "执恢", 18), "（2024）粤0305执恢18号"),
        (10, (2026, "最高法", "刑核", 40285173), "（2026）最高法刑核40285173号"),
    ],
)
def test_worked_examples_format_and_parse(
    number: int, parts: tuple[int, str, str, int], text: str
) -> None:
    made = CaseNumber(*parts)
    assert str(made) == text, number
    assert case_number.parse(text) == made
    assert case_number.parse(text.replace("（", "(").replace("）", ")")) == made
    assert case_number.parse(text.replace("（", "〔").replace("）", "〕")) == made


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("（2026）京0105民初0012号", "case-number.leading-zero"),
        ("（2026）苏01 05民终3号", "case-number.format"),
        ("（2026）苏0105民终3号", "case-number.level"),
        ("（2026）苏0105刑终3号", "case-number.level"),
        ("（2026）京010民初3号", "case-number.court"),
        ("（2026）京1民初3号", "case-number.court"),
        ("（2026）京01050民初3号", "case-number.court"),
        ("（2026）国0105民初3号", "case-number.format"),
        ("（1977）京0105民初3号", "case-number.year"),
        ("（2026）最高法刑核123号", "case-number.random-serial"),
        ("（2026）京0105民初3", "case-number.format"),
        ("", "case-number.format"),
        ("（2026）京0105民初3号之一一", "case-number.suffix"),
        ("（２０２６）京0105民初3号", "case-number.format"),
    ],
)
def test_faults_are_refused(text: str, code: str) -> None:
    with pytest.raises(LawError) as caught:
        case_number.parse(text)
    assert caught.value.code == code
    assert caught.value.basis


def test_year_after_the_day_is_refused() -> None:
    text = "（2027）京0105民初3号"
    assert case_number.parse(text, on=date(2027, 1, 1)).year == 2027
    with pytest.raises(LawError, match="收案年度2027晚于2026年"):
        case_number.parse(text, on=date(2026, 12, 31))


def test_demonstration_court_parses_and_says_what_it_is() -> None:
    found = case_number.parse("（2026）示0102民初1号")
    assert str(found) == "（2026）示0102民初1号"
    assert (found.level, found.is_demonstration) == (CourtLevel.BASIC, True)
    assert not case_number.parse("（2026）京0105民初1号").is_demonstration
    assert found.warnings == ()


def test_suffixes_count_each_kind_of_instrument() -> None:
    assert [case_number.suffix_for(n) for n in (1, 2, 3, 12)] == ["", "之一", "之二", "之十一"]
    third = CaseNumber(2026, "豫0102", "民初", 8, case_number.suffix_for(3))
    assert str(third) == "（2026）豫0102民初8号之二"
    assert str(third.base) == "（2026）豫0102民初8号"
    with pytest.raises(LawError, match="从1起"):
        case_number.suffix_for(0)


def test_levels_and_special_courts() -> None:
    levels = {
        code: case_number.court_level(code).label for code in ("最高法", "京", "粤03", "京0105")
    }
    assert levels == {
        "最高法": "最高人民法院",
        "京": "高级人民法院",
        "粤03": "中级人民法院",
        "京0105": "基层人民法院",
    }
    assert codes.special_court("沪72") == "海事法院"
    assert codes.special_court("粤7101") == "铁路运输法院"
    assert codes.special_court("京0491") == "北京互联网法院"
    assert codes.special_court("京0105") == ""


def test_unknown_type_and_unusual_level_only_warn() -> None:
    unknown = case_number.parse("（2026）京0105民某3号")
    assert [warning.code for warning in unknown.warnings] == ["case-number.unknown-type"]
    unusual = case_number.parse("（2026）京0105民申3号")
    assert [warning.code for warning in unusual.warnings] == ["case-number.unusual-level"]


def test_the_official_table_is_whole() -> None:
    official = parameters.table("case_numbers")["types", ""][0].value
    assert len(official) == 129
    assert case_number.type_name("民初") == "民事一审"
    assert codes.type_class("执恢") == "执行"
    assert case_number.type_name("民破") == "破产（已由“破”取代）"
    assert len(codes.type_codes()) > len(official)


def test_numbers_sort_as_in_a_register() -> None:
    texts = [
        "（2025）京0105民初20号",
        "（2026）最高法民申1号",
        "（2026）京民终1号",
        "（2026）京01民终3号",
        "（2026）京0105民初2号",
        "（2026）京0105民初2号之一",
        "（2026）京0105民初2号之十",
        "（2026）京0105民初10号",
    ]
    numbers = [case_number.parse(text) for text in texts]
    numbers.reverse()
    assert [str(n) for n in sorted(numbers)] == texts


PARTS = st.builds(
    lambda year, head, digits, kind, serial, nth: (
        year, head + digits, kind, serial, case_number.suffix_for(nth),
    ),
    st.integers(1978, 2100),
    st.sampled_from(codes.province_heads()),
    st.sampled_from(["", "01", "0105", "7101", "9001"]),
    st.sampled_from(sorted(set(codes.type_codes()) - codes.types_in("not-at-basic-courts"))),
    st.integers(10_000_000, 99_999_999),
    st.integers(1, 120),
)  # fmt: skip


@settings(deadline=None)
@given(PARTS)
def test_parse_reverses_format(parts: tuple[int, str, str, int, str]) -> None:
    made = CaseNumber(*parts)
    assert case_number.parse(str(made)) == made
