"""What an application over a private loan must say, and the case that is made of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from xiezhi.contracts.payloads import (
    CaseDraft,
    ClaimDraft,
    Frozen,
    LongText,
    OptionalText,
    PartyDraft,
    PartyRole,
    ShortText,
    Yuan,
    between,
)
from xiezhi.law.errors import LawError
from xiezhi.law.identity import check_phone, check_resident_id

CAUSE = "民间借贷纠纷"
MOST_DEFENDANTS = 5
MOST_CLAIMS = 10
_UNIDENTIFIED = (
    "请填写被告的公民身份号码或者联系电话，使被告能够与他人区别（民事诉讼法第一百二十二条）。"
)


class Plaintiff(Frozen):
    """The person who sues."""

    name: ShortText
    id_number: ShortText
    phone: ShortText
    address: ShortText

    @field_validator("id_number")
    @classmethod
    def _id_number(cls, value: str) -> str:
        return _checked_id(value)

    @field_validator("phone")
    @classmethod
    def _phone(cls, value: str) -> str:
        return _checked_phone(value)


class Defendant(Frozen):
    """The person sued: known well enough to be told from others."""

    name: ShortText
    id_number: OptionalText = ""
    phone: OptionalText = ""
    address: ShortText

    @field_validator("id_number")
    @classmethod
    def _id_number(cls, value: str) -> str:
        return _checked_id(value) if value else ""

    @field_validator("phone")
    @classmethod
    def _phone(cls, value: str) -> str:
        return _checked_phone(value) if value else ""

    @model_validator(mode="after")
    def _identifiable(self) -> Self:
        if not self.id_number and not self.phone:
            raise ValueError(_UNIDENTIFIED)
        return self


class Loan(Frozen):
    """The loan as the plaintiff tells it."""

    principal: Yuan
    lent_on: date
    due_on: date | None = None
    form: ShortText
    interest: OptionalText = ""

    @field_validator("due_on", mode="before")
    @classmethod
    def _empty_date(cls, value: object) -> object:
        return value or None

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.due_on is not None and self.due_on < self.lent_on:
            msg = "约定的还款日期早于出借日期，请核对。"
            raise ValueError(msg)
        return self


class Claim(Frozen):
    """One claim."""

    text: ShortText
    amount: Yuan | None = None

    @field_validator("amount", mode="before")
    @classmethod
    def _empty_amount(cls, value: object) -> object:
        return value or None


class Facts(Frozen):
    """Facts and grounds in the plaintiff's own words."""

    text: LongText


class PrivateLending(Frozen):
    """The payload, version 1."""

    plaintiff: Plaintiff
    defendants: Annotated[
        tuple[Defendant, ...],
        between(1, MOST_DEFENDANTS, "被告"),
        Field(json_schema_extra={"minItems": 1, "maxItems": MOST_DEFENDANTS}),
    ]
    loan: Loan
    claims: Annotated[
        tuple[Claim, ...],
        between(1, MOST_CLAIMS, "诉讼请求"),
        Field(json_schema_extra={"minItems": 1, "maxItems": MOST_CLAIMS}),
    ]
    facts: Facts

    @field_validator("claims")
    @classmethod
    def _amount(cls, value: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """Ask for a sum where the claims stand, so that the finding is shown there."""
        if not any(claim.amount for claim in value):
            msg = "至少一项诉讼请求要写明金额，才能计算案件受理费。"
            raise ValueError(msg)
        return value


def _checked_id(value: str) -> str:
    try:
        check_resident_id(value)
    except LawError as error:
        # The article stands beside the field already.
        raise ValueError(f"{error.reason}{error.remedy}") from None
    return value.upper()


def _checked_phone(value: str) -> str:
    try:
        number = check_phone(value).number
    except LawError as error:
        # The article stands beside the field already.
        raise ValueError(f"{error.reason}{error.remedy}") from None
    return number


def case_of(payload: PrivateLending) -> CaseDraft:
    """Derive the draft of the case: pure, nothing is asked or stored."""
    amounts = [claim.amount for claim in payload.claims if claim.amount]
    first = payload.plaintiff
    parties = (
        PartyDraft(
            role=PartyRole.PLAINTIFF,
            name=first.name,
            id_number=first.id_number,
            phone=first.phone,
            address=first.address,
            is_applicant=True,
        ),
        *(
            PartyDraft(
                role=PartyRole.DEFENDANT,
                name=other.name,
                id_number=other.id_number,
                phone=other.phone,
                address=other.address,
            )
            for other in payload.defendants
        ),
    )
    return CaseDraft(
        case_type_code="民初",
        cause=CAUSE,
        parties=parties,
        claims=tuple(ClaimDraft(text=c.text, amount=c.amount) for c in payload.claims),
        claim_amount=sum(amounts[1:], amounts[0]) if amounts else None,
        facts=payload.facts.text,
    )
