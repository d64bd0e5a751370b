"""The base of payloads, the words several of them share, and their refusal in plain Chinese."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

MAX_YUAN = Decimal("999999999999.99")


class Frozen(BaseModel):
    """A frozen value; unknown keys are an error, text loses its outer blanks."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, ser_json_inf_nan="strings"
    )


_SUM = re.compile(r"[¥￥]?\s*(\d[\d,，]*(?:\.\d*)?)\s*(万)?\s*元?整?")
_WAN = 10_000


def plain_sum(value: object) -> object:
    """Read a sum as people write it: 48,000元 and 4.8万元 are 48000.

    Units: yuan. What is no such sum is returned as it came, for the refusal to speak of.
    """
    if not isinstance(value, str):
        return value
    text = value.strip()
    if (found := _SUM.fullmatch(text)) is None:
        return text.replace(",", "").replace("，", "")
    amount = Decimal(found[1].replace(",", "").replace("，", ""))
    return f"{amount * _WAN if found[2] else amount:f}"


Yuan = Annotated[
    Decimal,
    BeforeValidator(plain_sum),
    Field(gt=0, le=MAX_YUAN, decimal_places=2),
    PlainSerializer(str, return_type=str, when_used="json"),
]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200)]
OptionalText = Annotated[str, StringConstraints(max_length=200)]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


def between(least: int, most: int, what: str) -> AfterValidator:
    """Hold the number of entries of a repeated section, in words a person understands.

    Runs after the entries themselves, so that a fault inside one entry is told once.
    """

    def check(entries: tuple[object, ...]) -> tuple[object, ...]:
        if not least <= len(entries) <= most:
            msg = f"{what}至少填写{least}项，最多填写{most}项。"
            raise ValueError(msg)
        return entries

    return AfterValidator(check)


class PartyKind(StrEnum):
    """What a party is (自然人、法人、非法人组织)."""

    NATURAL_PERSON = "natural_person"
    LEGAL_PERSON = "legal_person"
    OTHER_ORGANISATION = "other_organisation"


class PartyRole(StrEnum):
    """The position of a party at first instance."""

    PLAINTIFF = "plaintiff"
    DEFENDANT = "defendant"
    THIRD_PARTY = "third_party"


PARTY_ROLE_LABELS = {
    PartyRole.PLAINTIFF: "原告",
    PartyRole.DEFENDANT: "被告",
    PartyRole.THIRD_PARTY: "第三人",
}
PARTY_KIND_LABELS = {
    PartyKind.NATURAL_PERSON: "自然人",
    PartyKind.LEGAL_PERSON: "法人",
    PartyKind.OTHER_ORGANISATION: "非法人组织",
}


class PartyDraft(Frozen):
    """One party as an application names it; the court makes the party of the case from it."""

    role: PartyRole
    kind: PartyKind = PartyKind.NATURAL_PERSON
    name: ShortText
    id_number: OptionalText = ""
    phone: OptionalText = ""
    address: OptionalText = ""
    is_applicant: bool = False


class ClaimDraft(Frozen):
    """One claim (诉讼请求), with its amount where it has one."""

    text: ShortText
    amount: Yuan | None = None


class CaseDraft(Frozen):
    """What a case is opened from: pure data that the kind derives from its payload."""

    case_type_code: ShortText
    cause: ShortText
    parties: tuple[PartyDraft, ...]
    claims: tuple[ClaimDraft, ...]
    claim_amount: Yuan | None
    facts: str
