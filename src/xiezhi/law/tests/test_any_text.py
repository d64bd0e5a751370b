"""Whatever people type, the law answers or refuses in words; it never breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.law import case_number, causes, identity, money, numerals, statutes
from xiezhi.law.errors import LawError

ON = date(2026, 3, 2)
READERS: dict[str, Callable[[str], object]] = {
    "case number": case_number.parse,
    "old case number": case_number.parse_historical,
    "case numbers": case_number.find,
    "citation": statutes.parse,
    "citations": statutes.find,
    "numeral": numerals.to_int,
    "capitals": money.from_capitals,
    "resident number": identity.check_resident_id,
    "phone": identity.check_phone,
    "credit code": identity.check_credit_code,
    "bank card": identity.check_bank_card,
    "passport": identity.check_passport,
    "plate": identity.check_plate,
    "cause": lambda text: causes.by_name(text, ON),
    "search": lambda text: causes.search(text, ON),
}
FIELD = (
    "第条款项目之一二三十百千万零〇两壹贰拾佰仟亿元角分整正"
    "（）()《》〔〕号字京0105民初XI２②１年刑法、和及至"
)
TEXTS = st.one_of(st.text(max_size=60), st.text(alphabet=FIELD, max_size=40))


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(text=TEXTS)
def test_any_text_is_read_or_refused_in_words(reader: str, text: str) -> None:
    refusal: LawError | None = None
    try:
        READERS[reader](text)
    except LawError as raised:
        refusal = raised
    assert refusal is None or (refusal.reason and refusal.code)


@pytest.mark.parametrize("text", ["一百五", "一二百", "万", "十百", "一百零五十", "零十", "二十零"])
def test_numerals_that_would_be_guesses_are_refused(text: str) -> None:
    with pytest.raises(LawError, match="不是中文数字"):
        numerals.to_int(text)


@pytest.mark.parametrize(
    ("text", "number"), [("一十五", 15), ("两千零五", 2005), ("一百〇五", 105)]
)
def test_usual_spellings_are_read(text: str, number: int) -> None:
    assert numerals.to_int(text) == number


def test_an_unreadable_article_is_left_out_and_the_rest_is_found() -> None:
    found = statutes.find("民法典第六百七十五条、第一百五条，刑法第二百六十四条")
    assert [str(one.citation) for one in found] == [
        "《中华人民共和国民法典》第六百七十五条",
        "《中华人民共和国刑法》第二百六十四条",
    ]
