"""Credit codes, bank cards, passports and plates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.law import identity
from xiezhi.law.errors import LawError
from xiezhi.law.identity import numbers

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(organisation: str) -> str:
    head = f"91110105{organisation}"
    head += numbers.organisation_check_character(organisation)
    return head + numbers.credit_check_character(head)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "92370105MA3ABCDE6T", "11100000000013127D"])
def test_published_forms_of_credit_codes(code: str) -> None:
    head = code[:17]
    whole = head + numbers.credit_check_character(head)
    assert identity.check_credit_code(whole).number == whole


def test_the_standards_own_example() -> None:
    found = identity.check_credit_code("91350100M000100Y43")
    assert (found.number, found.label) == ("91350100M000100Y43", "统一社会信用代码")
    assert found.warnings == ()
    assert found.masked == "9135**********0Y43"


def test_organisation_part_that_does_not_check_is_a_warning() -> None:
    head = "91110105" + "12345678" + "0"
    wrong = numbers.organisation_check_character("12345678") != "0"
    found = identity.check_credit_code(head + numbers.credit_check_character(head))
    assert wrong
    assert [warning.code for warning in found.warnings] == ["credit-code.organisation"]


@settings(deadline=None)
@given(st.text(alphabet=ALPHABET, min_size=8, max_size=8), st.integers(2, 17), st.data())
def test_one_wrong_character_of_a_credit_code_is_found(
    organisation: str, place: int, data: st.DataObject
) -> None:
    right = credit_code(organisation) if "X" not in credit_code(organisation)[16] else ""
    if not right:
        return
    other = data.draw(st.sampled_from([char for char in ALPHABET if char != right[place]]))
    with pytest.raises(LawError):
        identity.check_credit_code(right[:place] + other + right[place + 1 :])


@pytest.mark.parametrize("text", ["", "91350100M000100Y4", "91350100I000100Y43", "abc"])
def test_malformed_credit_codes_are_refused(text: str) -> None:
    with pytest.raises(LawError, match="应为18位"):
        identity.check_credit_code(text)


@pytest.mark.parametrize("text", ["6222 0212 3456 7890 128", "6225880000000009"])
def test_bank_cards_by_luhn(text: str) -> None:
    digits = text.replace(" ", "")
    for last in "0123456789":
        if numbers._luhn(digits[:-1] + last) % 10 == 0:
            found = identity.check_bank_card(digits[:-1] + last)
            assert found.masked == "*" * (len(digits) - 4) + found.number[-4:]
        else:
            with pytest.raises(LawError, match="可能有数字填错"):
                identity.check_bank_card(digits[:-1] + last)
    with pytest.raises(LawError, match="16位至19位"):
        identity.check_bank_card(digits[:12])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("E12345678", "普通护照"), ("EA1234567", "普通护照"), ("g12345678", "普通护照"),
        ("DE1234567", "外交护照"), ("SE1234567", "公务护照"), ("PE1234567", "公务普通护照"),
        ("H12345678", "港澳居民来往内地通行证"), ("12345678", "台湾居民来往大陆通行证"),
        ("C01X00T47", "外国护照"),
    ],
)  # fmt: skip
def test_passports_by_kind(text: str, label: str) -> None:
    found = identity.check_passport(text)
    assert found.label == label
    assert bool(found.warnings) == (label == "外国护照")
    assert set(found.masked[2:-2]) == {"*"}


@pytest.mark.parametrize("text", ["", "E1", "ABCDEFG", "护照12345678"])
def test_wrong_passports_are_refused(text: str) -> None:
    with pytest.raises(LawError, match="护照或者通行证号码不正确"):
        identity.check_passport(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("京A12345", "机动车号牌"), ("粤B·D1234", "机动车号牌"), ("京A1234学", "机动车号牌"),
        ("粤ZK123港", "机动车号牌"), ("京AD12345", "新能源汽车号牌"),
        ("沪A12345D", "新能源汽车号牌"),
    ],
)  # fmt: skip
def test_plates(text: str, label: str) -> None:
    assert identity.check_plate(text).label == label


@pytest.mark.parametrize("text", ["", "A12345", "京I12345", "京A1234", "京A1234567", "京AO2345"])
def test_wrong_plates_are_refused(text: str) -> None:
    with pytest.raises(LawError, match="机动车号牌号码不正确"):
        identity.check_plate(text)


def test_numbers_never_print_whole() -> None:
    for found in (
        identity.check_plate("京A12345"),
        identity.check_passport("E12345678"),
        identity.check_credit_code("91350100M000100Y43"),
    ):
        assert found.number not in str(found)
        assert str(found) == found.masked
