"""Numbers that identify people and organisations: validity, and what may be shown of them."""

from __future__ import annotations

from xiezhi.law.identity.masking import mask_name, mask_phone, mask_resident_id
from xiezhi.law.identity.phone import Phone, check_phone
from xiezhi.law.identity.resident import ResidentId, check_character, check_resident_id

__all__ = [
    "Phone",
    "ResidentId",
    "check_character",
    "check_phone",
    "check_resident_id",
    "mask_name",
    "mask_phone",
    "mask_resident_id",
]
