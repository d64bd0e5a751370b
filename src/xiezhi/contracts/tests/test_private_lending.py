"""The first kind: what a private-lending application must say, and what is made of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from xiezhi.contracts import kinds
from xiezhi.contracts.payloads import PartyRole

ADDRESS = "云汀省鹤鸣市东渚区明镜路2号"


def resident_id(first_17: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first_17, weights, strict=True))
    return first_17 + "10X98765432"[total % 11]


def payload(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "plaintiff": {
            "name": "甲某示",
            "id_number": resident_id("99010219800101001"),
            "phone": "13900000001",
            "address": ADDRESS,
        },
        "defendants": [
            {"name": "乙某示", "id_number": "", "phone": "13900000002", "address": ADDRESS}
        ],
        "loan": {
            "principal": "48,000.00",
            "lent_on": "2025-03-02",
            "due_on": "",
            "form": "bank",
            "interest": "",
        },
        "claims": [
            {"text": "判令被告归还借款本金48,000元", "amount": "48,000"},
            {"text": "本案诉讼费由被告负担", "amount": ""},
        ],
        "facts": {"text": "2025年3月2日，原告向被告转账48,000元。"},
    }
    return base | changes


def messages(error: ValidationError) -> dict[tuple[int | str, ...], str]:
    return {item["loc"]: item["msg"] for item in error.errors()}


def test_payload_becomes_the_draft_of_a_case() -> None:
    kind = kinds.get("filing.civil.private_lending")
    assert kind.case is not None

    draft = kind.case(kind.payload.model_validate(payload()))

    assert (draft.case_type_code, draft.cause) == ("民初", "民间借贷纠纷")
    assert draft.claim_amount == Decimal(48000)
    assert [(p.role, p.name, p.is_applicant) for p in draft.parties] == [
        (PartyRole.PLAINTIFF, "甲某示", True),
        (PartyRole.DEFENDANT, "乙某示", False),
    ]


def test_claims_with_amounts_are_added_up() -> None:
    kind = kinds.get("filing.civil.private_lending")
    assert kind.case is not None
    claims = [{"text": "本金", "amount": "48000"}, {"text": "利息", "amount": "2000.50"}]

    draft = kind.case(kind.payload.model_validate(payload(claims=claims)))

    assert draft.claim_amount == Decimal("50000.50")


def test_a_defendant_must_be_identifiable() -> None:
    nobody = [{"name": "乙某示", "id_number": "", "phone": "", "address": ADDRESS}]

    with pytest.raises(ValidationError) as refused:
        kinds.get("filing.civil.private_lending").payload.model_validate(payload(defendants=nobody))

    assert list(messages(refused.value)) == [("defendants", 0)]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"claims": []}, ("claims",)),
        ({"claims": [{"text": "归还借款", "amount": ""}]}, ("claims",)),
        ({"facts": {"text": " "}}, ("facts", "text")),
        ({"facts": {"text": "x", "extra": "1"}}, ("facts", "extra")),
    ],
)
def test_what_is_missing_is_told_where(
    change: dict[str, Any], where: tuple[int | str, ...]
) -> None:
    with pytest.raises(ValidationError) as refused:
        kinds.get("filing.civil.private_lending").payload.model_validate(payload(**change))

    assert where in messages(refused.value)


@pytest.mark.parametrize("amount", ["-1", "0", "1.005", "NaN", "Infinity", "1e20"])
def test_an_impossible_amount_is_refused(amount: str) -> None:
    claims = [{"text": "归还借款", "amount": amount}]

    with pytest.raises(ValidationError):
        kinds.get("filing.civil.private_lending").payload.model_validate(payload(claims=claims))


def test_a_mistyped_id_number_is_refused_in_chinese() -> None:
    good = payload()
    wrong = {**good["plaintiff"], "id_number": "990102198001010011"}

    with pytest.raises(ValidationError) as refused:
        kinds.get("filing.civil.private_lending").payload.model_validate(payload(plaintiff=wrong))

    assert list(messages(refused.value)) == [("plaintiff", "id_number")]


def test_unknown_kind_is_an_error() -> None:
    with pytest.raises(kinds.UnknownKindError):
        kinds.get("filing.unknown")


@pytest.mark.parametrize("typed", ["48,000元", "4.8万", "4.8万元", "¥48000", "48，000.00"])
def test_a_sum_is_read_as_people_write_it(typed: str) -> None:
    kind = kinds.get("filing.civil.private_lending")
    found = kind.payload.model_validate(payload(claims=[{"text": "归还本金", "amount": typed}]))
    assert kind.case is not None
    assert kind.case(found).claim_amount == Decimal(48000)


@pytest.mark.parametrize("typed", ["4万8", "四万八", "4.8千", "4.8.1万"])
def test_a_sum_that_could_be_two_is_refused(typed: str) -> None:
    kind = kinds.get("filing.civil.private_lending")
    with pytest.raises(ValidationError):
        kind.payload.model_validate(payload(claims=[{"text": "归还本金", "amount": typed}]))


def test_a_phone_is_kept_as_digits() -> None:
    typed = payload()
    typed["plaintiff"]["phone"] = "139 0000 0001"
    found = kinds.get("filing.civil.private_lending").payload.model_validate(typed)
    assert found.model_dump()["plaintiff"]["phone"] == "13900000001"
