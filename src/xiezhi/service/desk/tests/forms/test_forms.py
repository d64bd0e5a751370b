"""Reading what the browser sent, and writing it as a document."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from xiezhi.contracts.forms import Choice, FieldSpec, FieldType, SectionSpec
from xiezhi.contracts.kinds import get
from xiezhi.service.desk.forms.document import document_title, parts, shown_value
from xiezhi.service.desk.forms.reading import items, typed
from xiezhi.service.desk.forms.versions import differences
from xiezhi.service.desk.tests.drafts import KIND, TYPED

ROLES = (Choice("a", "甲方"), Choice("b", "乙方"))
MANY = SectionSpec(
    "people",
    "人员",
    (
        FieldSpec("name", "姓名", max_length=5),
        FieldSpec("roles", "身份", FieldType.CHECKBOX, choices=ROLES),
    ),
    repeated=True,
    at_most=2,
    item_label="人员",
)


def test_items_are_read_in_the_order_of_the_page_and_no_more_than_are_asked() -> None:
    post = QueryDict(
        "people-7-name=三&people-0-name=一&people-3-name=二&people-x-name=四&other-0-name=五"
    )

    assert typed(MANY, post) == [{"name": "一", "roles": []}, {"name": "二", "roles": []}]


def test_only_choices_that_are_offered_are_read() -> None:
    post = QueryDict("people-0-name=一&people-0-roles=b&people-0-roles=z")

    assert typed(MANY, post) == [{"name": "一", "roles": ["b"]}]


def test_an_endless_text_is_cut_and_zero_bytes_are_dropped() -> None:
    post = QueryDict(mutable=True)
    post["people-0-name"] = "一" * 9000 + "\x00"

    (item,) = typed(MANY, post)
    assert isinstance(item, dict)
    assert len(item["name"]) == 205


def test_characters_that_nobody_sees_are_dropped() -> None:
    loan = SectionSpec(
        "loan",
        "借款",
        (FieldSpec("who", "姓名"), FieldSpec("why", "理由", FieldType.TEXTAREA)),
    )
    post = QueryDict(mutable=True)
    post.update({"loan-who": "\u202e𠮷\u200b某\r\n", "loan-why": "一\r\n\x1b二\ufeff"})

    assert typed(loan, post) == {"who": "𠮷某 ", "why": "一\n二"}


def test_a_repeated_section_shows_at_least_one_item() -> None:
    assert items(MANY, {}) == [{"name": "", "roles": []}]


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (FieldType.MONEY, "48,000", "48,000.00元"),
        (FieldType.MONEY, "1e99999999", "1e99999999"),
        (FieldType.MONEY, "NaN", "NaN"),
        (FieldType.MONEY, "很多", "很多"),
        (FieldType.DATE, "2026-03-02", "2026年3月2日（周一）"),
        (FieldType.DATE, "上个月", "上个月"),
        (FieldType.CHECKBOX, "yes", "是"),
        (FieldType.TEXT, "", ""),
    ],
)
def test_values_are_written_as_a_document_has_them(kind: FieldType, value: str, shown: str) -> None:
    assert shown_value(FieldSpec("x", "某项", kind), value) == shown


def test_the_document_names_choices_and_leaves_out_what_is_said_to_the_writer() -> None:
    kind = get(KIND)
    made = {part.name: part for part in parts(kind, TYPED)}

    assert document_title(kind) == "民事起诉状"
    assert made["plaintiff"].title == "原告"
    assert ("交付方式：", "银行转账") in [(x.label, x.value) for x in made["loan"].items[0]]
    assert [line.label for line in made["defendants"].items[0]] == ["", "联系电话：", "住所地："]
    assert made["facts"].items[0][0].paragraphs == [TYPED["facts"]["text"]]


def test_differences_list_only_the_terms_that_differ() -> None:
    rows = differences(
        MANY, [{"name": "一"}, {"name": "二"}], [{"name": "一"}, {"name": "三", "roles": ["a"]}]
    )

    assert [(row.label, row.before, row.after) for row in rows] == [
        ("人员2的姓名", "二", "三"),
        ("人员2的身份", "", "甲方"),
    ]
