"""Facts of the audit hold no personal data, whoever hands them over."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezhi.security.audit.facts import as_fact, as_facts

CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
ID = UUID("01890000-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, True),
        (12, 12),
        (ID, str(ID)),
        (str(ID), str(ID)),
        ("filing.submitted", "filing.submitted"),
        ("0f" * 32, "0f" * 32),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2, 9, tzinfo=UTC), "2026-03-02T09:00:00+00:00"),
    ],
)
def test_ids_codes_dates_and_small_numbers_are_kept(value: object, kept: object) -> None:
    assert as_fact(value) == kept


@pytest.mark.parametrize(
    "value",
    ["张三", "990101199003070013", 13900000000, "13900000000", "a@b.cn", ["x"], "Zhang San"],
)
def test_everything_else_becomes_a_keyed_digest(value: object) -> None:
    digest = as_fact(value)
    assert isinstance(digest, str)
    assert digest.startswith("digest:1.")
    assert str(value) not in digest
    assert digest == as_fact(value)


@given(
    value=st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2)
)
def test_chinese_text_never_passes(value: str) -> None:
    assert value not in str(as_fact(value))


def test_facts_are_limited_in_number_and_name() -> None:
    facts = as_facts({f"name{number}": number for number in range(100)} | {"x" * 99: 1})
    assert len(facts) == 40
