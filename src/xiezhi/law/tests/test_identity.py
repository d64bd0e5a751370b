"""Resident numbers, telephones and what may be shown of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.law import identity
from xiezhi.law.errors import LawError
from xiezhi.law.identity import masking


def number(area: str, born: date, sequence: int) -> str:
    head = f"{area}{born:%Y%m%d}{sequence:03d}"
    return head + identity.check_character(head)


def test_valid_number_tells_birth_date_and_sex() -> None:
    found = identity.check_resident_id("11010519491231002X")
    assert (found.birth_date, found.sex, found.area_code) == (date(1949, 12, 31), "女", "110105")
    assert found.warnings == ()
    assert found.masked == "1101************2X"
    assert str(found) == found.masked


@pytest.mark.parametrize(
    "text", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_writing_variants_are_understood(text: str) -> None:
    assert identity.check_resident_id(text).number == "11010519491231002X"


def test_fifteen_digits_are_upgraded_with_a_warning() -> None:
    found = identity.check_resident_id("110105491231002")
    assert found.canonical == "11010519491231002X"
    assert [warning.code for warning in found.warnings] == ["resident-id.first-generation"]
    then = identity.check_resident_id("110105491231002", on=date(2005, 1, 1))
    assert then.warnings == ()


def test_unknown_area_is_a_warning() -> None:
    found = identity.check_resident_id(number("990101", date(1990, 2, 28), 12))
    assert [warning.code for warning in found.warnings] == ["resident-id.unknown-area"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "resident-id.length"),
        ("1101051949123100", "resident-id.length"),
        ("11010519491231002A", "resident-id.characters"),
        ("01010519491231002X", "resident-id.characters"),
        ("110105194912310021", "resident-id.checksum"),
        ("110105194902310021", "resident-id.date"),
        ("110105170012310021", "resident-id.date"),
        ("110105490231002", "resident-id.date"),
    ],
)
def test_faults_are_refused_with_their_reason(text: str, code: str) -> None:
    with pytest.raises(LawError) as caught:
        identity.check_resident_id(text)
    assert caught.value.code == code
    assert caught.value.remedy


def test_birth_after_the_day_is_refused() -> None:
    text = number("110105", date(2026, 3, 2), 1)
    assert identity.check_resident_id(text, on=date(2026, 3, 2)).age_on(date(2026, 3, 2)) == 0
    with pytest.raises(LawError, match="出生日期不正确"):
        identity.check_resident_id(text, on=date(2026, 3, 1))


def test_age_changes_on_the_birthday() -> None:
    found = identity.check_resident_id(number("110105", date(2008, 2, 29), 1))
    assert [found.age_on(day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [17, 18]


@settings(deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(0, 999), st.integers(110000, 659999)
)
def test_generated_numbers_are_valid(born: date, sequence: int, area: int) -> None:
    found = identity.check_resident_id(number(str(area), born, sequence))
    assert (found.birth_date, found.sex) == (born, "男" if sequence % 2 else "女")


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born: date, place: int, shift: int) -> None:
    right = number("110105", born, 123)
    if right[place] == "X":
        wrong = right[:place] + str(shift)
    else:
        wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    with pytest.raises(LawError):
        identity.check_resident_id(wrong)


@pytest.mark.parametrize(
    ("text", "plain", "mobile"),
    [
        ("13812345678", "13812345678", True),
        ("+86 138-1234-5678", "13812345678", True),
        ("008613812345678", "13812345678", True),
        ("010-62345678", "01062345678", False),
        ("（0755）2345 6789", "075523456789", False),
    ],
)
def test_phones_are_read(text: str, plain: str, mobile: bool) -> None:  # noqa: FBT001
    found = identity.check_phone(text)
    assert (found.number, found.mobile) == (plain, mobile)


@pytest.mark.parametrize("text", ["", "12812345678", "1381234567", "62345678", "138123456789"])
def test_wrong_phones_are_refused(text: str) -> None:
    with pytest.raises(LawError, match="电话号码不正确"):
        identity.check_phone(text)


@pytest.mark.parametrize(
    ("text", "shown"), [("张三", "张*"), ("欧阳修", "欧**"), ("王", "*"), ("", "")]
)
def test_names_keep_their_first_character(text: str, shown: str) -> None:
    assert identity.mask_name(text) == shown


def test_phone_shows_its_ends_and_never_prints_whole() -> None:
    assert identity.mask_phone("13812345678") == "138****5678"
    assert str(identity.check_phone("13812345678")) == "138****5678"


KINDS = ["resident-id", "phone", "name", "bank-card", "passport", "plate", "credit-code", "email"]


@settings(deadline=None)
@given(st.text(min_size=0, max_size=40), st.sampled_from(KINDS))
def test_masks_never_show_more_than_allowed(text: str, kind: str) -> None:
    shown = masking.mask(text, kind)
    plain = text.strip()
    front, back = masking.allowed(kind)
    assert len(shown) == len(plain)
    middle = shown[front : len(shown) - back] if len(shown) > front + back else shown
    assert set(middle) <= {"*"}
    if len(plain) <= front + back:
        assert set(shown) <= {"*"}
