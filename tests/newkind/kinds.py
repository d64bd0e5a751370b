"""A civil action over a property service contract (物业服务合同纠纷), added by a newcomer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from xiezhi.contracts.forms import Choice, FieldSpec, FieldType, FormSpec, SectionSpec
from xiezhi.contracts.kinds import ApplicationKind, MaterialCategory, register
from xiezhi.contracts.payloads import (
    CaseDraft,
    ClaimDraft,
    Frozen,
    PartyDraft,
    PartyRole,
    ShortText,
    Yuan,
)

CAUSE = "物业服务合同纠纷"


class Manager(Frozen):
    """The company that sues."""

    name: ShortText
    address: ShortText


class Owner(Frozen):
    """The owner who is sued."""

    name: ShortText
    address: ShortText


class Fees(Frozen):
    """What is owed and since when."""

    since: date
    reasons: tuple[Literal["service", "parking"], ...]
    parking_lot: str = ""
    written: bool = False


class Claim(Frozen):
    """One claim with its sum."""

    text: ShortText
    amount: Yuan


class PropertyFee(Frozen):
    """The payload, version 1."""

    plaintiff: Manager
    owners: tuple[Owner, ...]
    fees: Fees
    claims: tuple[Claim, ...]


def _case(payload: PropertyFee) -> CaseDraft:
    owners = [
        PartyDraft(role=PartyRole.DEFENDANT, name=each.name, address=each.address)
        for each in payload.owners
    ]
    plaintiff = PartyDraft(role=PartyRole.PLAINTIFF, name=payload.plaintiff.name, is_applicant=True)
    return CaseDraft(
        case_type_code="民初",
        cause=CAUSE,
        parties=(plaintiff, *owners),
        claims=tuple(ClaimDraft(text=each.text, amount=each.amount) for each in payload.claims),
        claim_amount=sum((each.amount for each in payload.claims), Decimal(0)),
        facts="",
    )


_NAME = FieldSpec("name", "名称")
_ADDRESS = FieldSpec("address", "住所地", confidential=True)
REASONS = (Choice("service", "物业费"), Choice("parking", "停车费"))

KIND = register(
    ApplicationKind(
        code="filing.civil.property_fee",
        name="物业服务合同纠纷起诉",
        version=1,
        payload=PropertyFee,
        form=FormSpec(
            (
                SectionSpec("plaintiff", "原告", (_NAME, _ADDRESS)),
                SectionSpec(
                    "owners",
                    "被告业主",
                    (_NAME, _ADDRESS),
                    repeated=True,
                    at_most=3,
                    item_label="业主",
                ),
                SectionSpec(
                    "fees",
                    "欠费情况",
                    (
                        FieldSpec("since", "从何时起欠费", FieldType.DATE),
                        FieldSpec("reasons", "欠费项目", FieldType.CHECKBOX, choices=REASONS),
                        FieldSpec(
                            "parking_lot",
                            "车位",
                            required=False,
                            shown_if=("written", ("yes",)),
                        ),
                        FieldSpec("written", "曾书面催交", FieldType.CHECKBOX, required=False),
                    ),
                ),
                SectionSpec(
                    "claims",
                    "诉讼请求",
                    (FieldSpec("text", "请求内容"), FieldSpec("amount", "金额", FieldType.MONEY)),
                    repeated=True,
                    at_most=5,
                    item_label="请求",
                ),
            )
        ),
        materials=(MaterialCategory("contract", "物业服务合同", required=True, help="全文。"),),
        basis="民法典第九百四十四条",
        summary="业主没有交物业费，请求支付。",
        case=_case,
    )
)
