"""Numbers that identify people and organisations: validity, and what may be shown of them."""

from __future__ import annotations

from xiezhi.law.identity.masking import mask, mask_name, mask_phone, mask_resident_id
from xiezhi.law.identity.numbers import (
    Number,
    check_bank_card,
    check_credit_code,
    check_passport,
    check_plate,
)
from xiezhi.law.identity.phone import Phone, check_phone
from xiezhi.law.identity.resident import ResidentId, check_character, check_resident_id

__all__ = [
    "Number",
    "Phone",
    "ResidentId",
    "check_bank_card",
    "check_character",
    "check_credit_code",
    "check_passport",
    "check_phone",
    "check_plate",
    "check_resident_id",
    "mask",
    "mask_name",
    "mask_phone",
    "mask_resident_id",
]
