"""A civil action over a private loan (民间借贷纠纷)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from xiezhi.contracts.forms import Choice, FieldSpec, FieldType, FormSpec, SectionSpec
from xiezhi.contracts.kinds.registry import ApplicationKind, MaterialCategory, register
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
CPL = "《中华人民共和国民事诉讼法》"
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


def _case(payload: PrivateLending) -> CaseDraft:
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


_NAME = FieldSpec("name", "姓名", max_length=50, help="与身份证一致。", autocomplete="off")
_ADDRESS = FieldSpec(
    "address", "住所地", help="写到门牌号，法院按这个地址送达文书。", confidential=True
)

FORM = FormSpec(
    (
        SectionSpec(
            "plaintiff",
            "原告（您）",
            (
                _NAME,
                FieldSpec("id_number", "公民身份号码", FieldType.ID_NUMBER, confidential=True),
                FieldSpec("phone", "联系电话", FieldType.PHONE, confidential=True),
                _ADDRESS,
            ),
            intro="提起诉讼的人，也就是出借人。",
            basis=f"{CPL}第一百二十四条第一项",
        ),
        SectionSpec(
            "defendants",
            "被告",
            (
                _NAME,
                FieldSpec(
                    "id_number",
                    "公民身份号码",
                    FieldType.ID_NUMBER,
                    required=False,
                    help="不知道可以不填，但身份号码和联系电话至少填一项。",
                    confidential=True,
                ),
                FieldSpec("phone", "联系电话", FieldType.PHONE, required=False, confidential=True),
                _ADDRESS,
            ),
            intro="借款人；有共同借款人或者保证人的，可以一并列为被告。",
            basis=f"{CPL}第一百二十二条第二项",
            repeated=True,
            at_most=MOST_DEFENDANTS,
            item_label="被告",
        ),
        SectionSpec(
            "loan",
            "借款情况",
            (
                FieldSpec(
                    "principal",
                    "出借本金",
                    FieldType.MONEY,
                    help="实际交付给对方的金额，例如48000或者4.8万。",
                ),
                FieldSpec("lent_on", "出借日期", FieldType.DATE, past=True),
                FieldSpec(
                    "due_on",
                    "约定还款日期",
                    FieldType.DATE,
                    required=False,
                    help="没有约定可以不填。",
                ),
                FieldSpec(
                    "form",
                    "交付方式",
                    FieldType.RADIO,
                    choices=(
                        Choice("bank", "银行转账"),
                        Choice("mobile", "微信、支付宝转账"),
                        Choice("cash", "现金"),
                        Choice("other", "其他"),
                    ),
                ),
                FieldSpec(
                    "interest",
                    "利息约定",
                    required=False,
                    help="例如：年利率6%；没有约定可以不填。",
                ),
            ),
            intro="把借款的经过拆成几项填写，法官看得清楚。",
        ),
        SectionSpec(
            "claims",
            "诉讼请求",
            (
                FieldSpec("text", "请求内容", help="例如：判令被告归还借款本金48,000元。"),
                FieldSpec(
                    "amount", "金额", FieldType.MONEY, required=False, help="有金额的请求写明金额。"
                ),
            ),
            intro="您希望法院判决什么，一项一条。",
            basis=f"{CPL}第一百二十二条第三项",
            repeated=True,
            at_most=MOST_CLAIMS,
            item_label="请求",
        ),
        SectionSpec(
            "facts",
            "事实与理由",
            (
                FieldSpec(
                    "text",
                    "事实与理由",
                    FieldType.TEXTAREA,
                    help="按时间写：什么时候、为什么借、怎么交付、怎么催要、对方怎么答复。",
                    max_length=20_000,
                ),
            ),
            basis=f"{CPL}第一百二十四条第三项",
        ),
    )
)

KIND = register(
    ApplicationKind(
        code="filing.civil.private_lending",
        name="民间借贷纠纷起诉",
        version=1,
        payload=PrivateLending,
        form=FORM,
        materials=(
            MaterialCategory(
                "identity",
                "原告身份证明",
                required=True,
                help="居民身份证正反面。",
                basis=f"{CPL}第一百二十四条",
            ),
            MaterialCategory(
                "evidence",
                "借款和交付的证据",
                required=True,
                help="借条、借款合同、转账记录、聊天记录等。",
                basis=f"{CPL}第六十七条",
            ),
            MaterialCategory(
                "complaint",
                "已写好的起诉状",
                required=False,
                help="有就上传；没有的，系统按您填写的内容生成。",
            ),
            MaterialCategory("other", "其他材料", required=False, help="与本案有关的其他材料。"),
        ),
        basis=f"{CPL}第一百二十二条、第一百二十四条",
        summary="借出去的钱到期不还，请求归还本金和利息。",
        case=_case,
    )
)
