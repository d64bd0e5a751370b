"""Citations in text, their normal form, and the renumbering table of the domain README."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.law import statutes
from xiezhi.law.errors import LawError
from xiezhi.law.statutes import Citation

CIVIL_CODE = "中华人民共和国民法典"
PROCEDURE = "中华人民共和国民事诉讼法"
INTERPRETATION = "最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("《中华人民共和国民法典》第六百七十五条", "《中华人民共和国民法典》第六百七十五条"),
        ("《民法典》第675条", "《中华人民共和国民法典》第六百七十五条"),
        ("民诉法第126条", "《中华人民共和国民事诉讼法》第一百二十六条"),
        (
            "民诉法解释第二十五条",
            "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二十五条",
        ),
        (
            "《最高人民法院关于适用<中华人民共和国民事诉讼法>的解释》第25条",
            "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二十五条",
        ),
        (
            "《最高人民法院关于适用《中华人民共和国民事诉讼法》的解释》第九十条第一款",
            "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第九十条第一款",
        ),
        (
            "《中华人民共和国民事诉讼法》第六十七条第一款第（三）项",
            "《中华人民共和国民事诉讼法》第六十七条第一款第（三）项",
        ),
        (
            "民事诉讼法第177条第1款第(二)项",
            "《中华人民共和国民事诉讼法》第一百七十七条第一款第（二）项",
        ),
        ("刑法第一百三十三条之一", "《中华人民共和国刑法》第一百三十三条之一"),
        (
            "诉讼费用交纳办法第十三条第一项第2目",
            "《诉讼费用交纳办法》第十三条第（一）项第2目",
        ),
        (
            "《中华人民共和国民事诉讼法》（2023年修正）第二百六十四条",
            "《中华人民共和国民事诉讼法》第二百六十四条",
        ),
        (
            "《中华人民共和国民法典》（以下简称民法典）第五百七十七条",
            "《中华人民共和国民法典》第五百七十七条",
        ),
        ("《某某市物业管理条例》第十条", "《某某市物业管理条例》第十条"),
        (
            "民法典第六百六十七条至第六百八十条",
            "《中华人民共和国民法典》第六百六十七条至第六百八十条",
        ),
        ("民法典第６７５条", "《中华人民共和国民法典》第六百七十五条"),
        ("第十条", "第十条"),
    ],
)
def test_one_citation_in_its_normal_form(text: str, normal: str) -> None:
    citation = statutes.parse(text)
    assert str(citation) == normal
    assert statutes.parse(normal) == citation


def test_lists_give_one_citation_for_each_place() -> None:
    text = (
        "依照《中华人民共和国民法典》第六百七十五条、第六百七十六条和第六百七十九条，"
        "《中华人民共和国民事诉讼法》第六十七条第一款、第一百四十七条之规定，判决如下"
    )
    assert [found.citation for found in statutes.find(text)] == [
        Citation(CIVIL_CODE, 675),
        Citation(CIVIL_CODE, 676),
        Citation(CIVIL_CODE, 679),
        Citation(PROCEDURE, 67, paragraph=1),
        Citation(PROCEDURE, 147),
    ]
    assert all(text[f.start : f.end] == f.text for f in statutes.find(text))


def test_items_and_paragraphs_of_one_article_are_followed() -> None:
    found = statutes.find(
        "根据民事诉讼法第二百一十一条第一项、第六项，以及第六十七条第一款、第二款"
    )
    assert [f.citation for f in found] == [
        Citation(PROCEDURE, 211, item=1),
        Citation(PROCEDURE, 211, item=6),
        Citation(PROCEDURE, 67, paragraph=1),
        Citation(PROCEDURE, 67, paragraph=2),
    ]


CRIMINAL = "中华人民共和国刑法"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("刑法第二百九十二条第一款第（二）、（四）项", [(292, 1, 2), (292, 1, 4)]),
        ("刑法第二十六条第一、四款", [(26, 1, 0), (26, 4, 0)]),
        ("刑法第二十六条第一款和第四款", [(26, 1, 0), (26, 4, 0)]),
        ("刑法第六十七条第一款及三款", [(67, 1, 0), (67, 3, 0)]),
        ("刑法第二百六十四条、三百一十二条、第五十二条", [(264, 0, 0), (312, 0, 0), (52, 0, 0)]),
        ("刑法第二百六十三条（四）、（五）项", [(263, 0, 4), (263, 0, 5)]),
        (
            "刑法第三百一十条第一款、第二款第一项，第六十四条",
            [(310, 1, 0), (310, 2, 1), (64, 0, 0)],
        ),
    ],
)
def test_shortened_lists_are_told_apart(text: str, places: list[tuple[int, int, int]]) -> None:
    expected = [Citation(CRIMINAL, a, paragraph=p, item=i) for a, p, i in places]
    assert [found.citation for found in statutes.find(text)] == expected


def test_text_without_citations_gives_none() -> None:
    assert statutes.find("原告向本院提出诉讼请求：判令被告归还借款一百元。") == ()
    assert statutes.find("") == ()


@pytest.mark.parametrize(
    "text", ["", "民法典", "民法典第六百七十五条规定", "第十条、第十一条", "第条"]
)
def test_parse_refuses_what_is_not_one_citation(text: str) -> None:
    with pytest.raises(LawError, match="不是一条法律引用"):
        statutes.parse(text)


@settings(deadline=None)
@given(
    st.sampled_from([CIVIL_CODE, PROCEDURE, INTERPRETATION, ""]),
    st.integers(1, 1999), st.integers(0, 20), st.integers(0, 30), st.integers(0, 30),
)  # fmt: skip
def test_parse_reverses_format(law: str, article: int, sub: int, paragraph: int, item: int) -> None:
    citation = Citation(law, article, sub, paragraph, item)
    assert statutes.parse(str(citation)) == citation


@pytest.mark.parametrize(
    ("a2017", "a2021", "a2023"),
    [
        (123, 126, 126), (125, 128, 128), (127, 130, 130), (149, 152, 152), (154, 157, 157),
        (161, 164, 164), (162, 165, 165), (164, 171, 171), (176, 183, 183), (194, 201, 205),
        (196, 203, 207), (200, 207, 211), (205, 212, 216), (214, 221, 225), (225, 232, 236),
        (227, 234, 238), (237, 244, 248), (239, 246, 250), (240, 247, 251), (241, 248, 252),
        (242, 249, 253), (244, 251, 255), (253, 260, 264), (254, 261, 265), (255, 262, 266),
        (257, 264, 268),
    ],
)  # fmt: skip
def test_renumbering_table_both_ways(a2017: int, a2021: int, a2023: int) -> None:
    assert statutes.renumber(PROCEDURE, a2017, version=2017, to=2021).value == a2021
    assert statutes.renumber("民诉法", a2021, version=2021, to=2023).value == a2023
    assert statutes.renumber("民事诉讼法", a2017, version=2017, to=2023).value == a2023
    assert statutes.renumber(PROCEDURE, a2023, version=2023, to=2017).value == a2017


@pytest.mark.parametrize(
    ("old", "new"), [(273, 279), (274, 283), (275, 285), (291, 306), (193, 193)]
)
def test_renumbering_of_the_last_part(old: int, new: int) -> None:
    assert statutes.renumber(PROCEDURE, old, version=2021, to=2023).value == new


def test_articles_without_counterpart_and_unknown_versions_are_refused() -> None:
    with pytest.raises(LawError, match="没有对应的条文"):
        statutes.renumber(PROCEDURE, 194, version=2023, to=2021)
    with pytest.raises(LawError, match="没有对应的条文"):
        statutes.renumber(PROCEDURE, 16, version=2021, to=2017)
    with pytest.raises(LawError, match="没有录入"):
        statutes.renumber(PROCEDURE, 10, version=2012, to=2021)
    with pytest.raises(LawError, match="没有录入"):
        statutes.renumber("保险法", 10, version=2021, to=2023)
    with pytest.raises(LawError, match="从1起"):
        statutes.renumber(PROCEDURE, 0, version=2023, to=2023)


def test_version_in_force() -> None:
    days = [date(2021, 12, 31), date(2022, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]
    assert [statutes.version_on("民事诉讼法", day) for day in days] == [2017, 2021, 2021, 2023]
    with pytest.raises(LawError, match="没有录入2017-06-30"):
        statutes.version_on("民事诉讼法", date(2017, 6, 30))


def test_names_both_ways() -> None:
    assert statutes.full_name("民诉法") == PROCEDURE
    assert statutes.full_name("《民法典》") == CIVIL_CODE
    assert statutes.short_name(INTERPRETATION) == "民诉法解释"
    assert statutes.short_name("某某条例") == "某某条例"
